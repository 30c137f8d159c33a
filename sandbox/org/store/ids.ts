const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const checks = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

/** The id of an object's n-th row: prefix, instance "SB0", nine digits to base 62, and the three that make case matter. */
export function toId(keyPrefix: string, n: number): string {
  let rest = n;
  let number = "";
  for (let place = 0; place < 9; place += 1) {
    number = digits.charAt(rest % 62) + number;
    rest = Math.floor(rest / 62);
  }
  return toFullId(`${keyPrefix}SB0${number}`);
}

/** 15 or 18 characters in, 18 out. */
export function toFullId(id: string): string {
  const short = id.slice(0, 15);
  let suffix = "";
  for (const start of [0, 5, 10]) {
    let bits = 0;
    for (let place = 0; place < 5; place += 1) {
      if (/[A-Z]/.test(short.charAt(start + place))) bits |= 1 << place;
    }
    suffix += checks.charAt(bits);
  }
  return short + suffix;
}

export function isId(text: string): boolean {
  return /^[a-zA-Z0-9]{15}([a-zA-Z0-9]{3})?$/.test(text);
}
