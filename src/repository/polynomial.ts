// The polynomial by which stock restic cuts files (Rabin fingerprints): irreducible, of degree 53 over GF(2). We cut
// otherwise, but a repository must have one, and restic refuses a reducible one. Bit n of a number is the factor of xⁿ.

import type { RandomBytes } from '../crypto/random';

const degree = 53;

const degreeOf = (polynomial: bigint): number => polynomial.toString(2).length - 1;

function remainder(dividend: bigint, divisor: bigint): bigint {
  const divisorDegree = degreeOf(divisor);
  let rest = dividend;
  while (rest !== 0n && degreeOf(rest) >= divisorDegree) rest ^= divisor << BigInt(degreeOf(rest) - divisorDegree);
  return rest;
}

function greatestCommonDivisor(one: bigint, other: bigint): bigint {
  let [larger, smaller] = [one, other];
  while (smaller !== 0n) [larger, smaller] = [smaller, remainder(larger, smaller)];
  return larger;
}

/** Squaring over GF(2) spreads the bits: (Σ xⁱ)² = Σ x²ⁱ. */
function squareModulo(polynomial: bigint, modulus: bigint): bigint {
  let square = 0n;
  for (let bits = polynomial, place = 0n; bits !== 0n; bits >>= 1n, place += 2n) square |= (bits & 1n) << place;
  return remainder(square, modulus);
}

/**
 * True for polynomials without factors, by Ben-Or's test: f of degree n is irreducible exactly where it has no factor in
 * common with x^(2^i) − x for i up to n/2.
 */
export function isIrreducible(polynomial: bigint): boolean {
  if (polynomial < 2n) return false;
  const x = 2n;
  let power = remainder(x, polynomial);
  for (let step = 1; step <= degreeOf(polynomial) >> 1; step += 1) {
    power = squareModulo(power, polynomial);
    if (greatestCommonDivisor(polynomial, power ^ x) !== 1n) return false;
  }
  return true;
}

/** A random polynomial as restic writes it: lower-case hex. One in 26 or so draws is irreducible among odd ones. */
export function makePolynomial(random: RandomBytes): string {
  for (;;) {
    const draw = random(8).reduce((bits, byte) => (bits << 8n) | BigInt(byte), 0n);
    const polynomial = (draw & ((1n << BigInt(degree)) - 1n)) | (1n << BigInt(degree)) | 1n;
    if (isIrreducible(polynomial)) return polynomial.toString(16);
  }
}
