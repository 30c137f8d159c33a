/**
 * Shows the cards in a list. A card that says the same as before stays the very same element, so news elsewhere takes
 * neither the focus nor the place from under the reader.
 */
export function showCards(list, cards) {
  const standing = new Map([...list.children].map((card) => [card.id, card]));
  cards.forEach((card, n) => {
    const before = standing.get(card.id);
    const shown = before?.isEqualNode(card) ? before : card;
    if (list.children[n] !== shown) list.insertBefore(shown, list.children[n] ?? null);
  });
  while (list.children.length > cards.length) list.lastElementChild.remove();
}
