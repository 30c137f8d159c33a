export interface ToastDetail {
  readonly title?: string;
  readonly message?: string;
  readonly messageData?: readonly (string | Readonly<{ url: string; label: string }>)[];
  readonly variant?: "info" | "success" | "warning" | "error";
  readonly mode?: "dismissible" | "pester" | "sticky";
}

export const ShowToastEventName = "lightning__showtoast";

/** Asks the console for a toast. */
export class ShowToastEvent extends CustomEvent<ToastDetail> {
  constructor(detail: ToastDetail) {
    super(ShowToastEventName, { bubbles: true, composed: true, cancelable: true, detail });
  }
}
