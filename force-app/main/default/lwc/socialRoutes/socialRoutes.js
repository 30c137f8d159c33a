import { LightningElement, api } from "lwc";
import legend from "@salesforce/label/c.Social_Route";

/** The ways an answer may go, as radio buttons; a blocked one says why. Fires `choose` with the kind. */
export default class SocialRoutes extends LightningElement {
  legend = legend;

  /** Of `routesOf`: `{ kind, label, isPrivate, blocked, note }`. */
  @api routes = [];
  /** The chosen kind, if any. */
  @api value;

  get options() {
    return this.routes.map((route) => ({
      ...route,
      id: route.isPrivate ? "private" : "public",
      icon: route.isPrivate ? "utility:lock" : "utility:world",
      isChosen: route.kind === this.value,
      isBlocked: Boolean(route.blocked),
      remark: route.blocked ?? route.note,
      className: `route route_${route.isPrivate ? "private" : "public"}`,
    }));
  }

  handleChange(event) {
    this.dispatchEvent(new CustomEvent("choose", { detail: { kind: event.target.value } }));
  }
}
