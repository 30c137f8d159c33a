import type { ComponentClass } from "../page/engine.ts";
import { currentRoute, navigate, onNavigate } from "../page/navigation.ts";
import { toPageReference, toUrl, type PageReference } from "../page/routes.ts";
import { toReadOnly } from "../page/read-only.ts";
import type { WireAdapter } from "../page/wire-adapter.ts";

const Navigate = Symbol("Navigate");
const GenerateUrl = Symbol("GenerateUrl");

/** Adds `this[NavigationMixin.Navigate](reference, replace)` and `this[NavigationMixin.GenerateUrl](reference)`. */
function mixin(base: ComponentClass): ComponentClass {
  return class extends base {
    [Navigate](reference: PageReference, replace = false): void {
      navigate(toUrl(reference), { replace });
    }

    [GenerateUrl](reference: PageReference): Promise<string> {
      return Promise.resolve(toUrl(reference));
    }
  };
}

export const NavigationMixin = Object.assign(mixin, { Navigate, GenerateUrl });

/** The wire of the place the console shows. */
export class CurrentPageReference implements WireAdapter {
  readonly #provide: (value: unknown) => void;
  #stop: (() => void) | undefined;

  constructor(provide: (value: unknown) => void) {
    this.#provide = provide;
  }

  connect(): void {
    this.#stop = onNavigate((route) => this.#provide(toReadOnly(toPageReference(route))));
    this.update();
  }

  update(): void {
    this.#provide(toReadOnly(toPageReference(currentRoute())));
  }

  disconnect(): void {
    this.#stop?.();
  }
}
