const decimal = /^([+-]?)0*(\d*)(?:\.(\d*?)0*)?$/;

/** Compares two numbers in decimal notation exactly, whatever their length. Negative when the first is smaller. */
export function compareDecimals(left: string, right: string): number {
  const a = decimal.exec(left);
  const b = decimal.exec(right);
  if (!a || !b) return left < right ? -1 : Number(left > right);
  const aSign = signOf(a);
  const bSign = signOf(b);
  if (aSign !== bSign) return aSign - bSign;
  return aSign < 0 ? compareMagnitudes(b, a) : compareMagnitudes(a, b);
}

function signOf([, sign, whole, fraction]: RegExpExecArray): number {
  if (!whole && !fraction) return 0;
  return sign === '-' ? -1 : 1;
}

function compareMagnitudes(
  [, , aWhole = '', aFraction = '']: RegExpExecArray,
  [, , bWhole = '', bFraction = '']: RegExpExecArray,
) {
  if (aWhole.length !== bWhole.length) return aWhole.length - bWhole.length;
  if (aWhole !== bWhole) return aWhole < bWhole ? -1 : 1;
  return aFraction < bFraction ? -1 : Number(aFraction > bFraction);
}
