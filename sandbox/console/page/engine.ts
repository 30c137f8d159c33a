import { createElement as create } from "lwc";

/** A component's class. The engine's own declarations do not resolve under Node's rules, so ours stand here. */
export type ComponentClass = new () => object;

/** An element of this component, with its public properties as properties of the element. */
export const createElement = create as (tag: string, options: { readonly is: ComponentClass }) => HTMLElement;
