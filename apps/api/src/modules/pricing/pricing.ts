import { DomainError } from '../../common/errors.js';
import { divideHalfUp } from '../../common/money.js';

/**
 * Prices of a sale before maturity. Pure functions on whole minor units and integer rates; the only rounding is half up
 * to the minor unit, once for each leg that is paid or shown.
 */

/** Rates are whole millionths of one a year: 40,000 = 4 %. */
const PPM = 1_000_000n;
/** ACT/360: actual days over a year of 360 days (money market convention of CNY, EUR and USD). */
const DAYS_IN_YEAR = 360n;
/** A price whose yearly cost is beyond 1000 % is a slip of the keyboard, not an offer. */
const MAX_ALL_IN_RATE_PPM = 10_000_000n;

export interface SaleTerms {
  /** Face value sold, in minor units. */
  readonly units: bigint;
  /** Yearly discount rate in millionths. */
  readonly ratePpm: number;
  /** Actual days from the quote to the due day; at least one. */
  readonly days: number;
  /** Flat fee in minor units, kept back from the proceeds. */
  readonly fee: bigint;
}

export interface SalePrice extends SaleTerms {
  readonly discount: bigint;
  /** What the seller is paid: units - discount - fee. */
  readonly proceeds: bigint;
  /** Simple yearly rate on the proceeds, fee included, in millionths (half up). */
  readonly allInRatePpm: number;
}

/** Straight (bank) discount: units x rate x days / 360, half up to the minor unit. */
export function straightDiscount(units: bigint, ratePpm: number, days: number): bigint {
  return divideHalfUp(units * BigInt(ratePpm) * BigInt(days), PPM * DAYS_IN_YEAR);
}

/** Simple interest on an amount lent for some days, ACT/360, half up to the minor unit. */
export function simpleInterest(amount: bigint, ratePpm: number, days: number): bigint {
  return divideHalfUp(amount * BigInt(ratePpm) * BigInt(days), PPM * DAYS_IN_YEAR);
}

/** Simple yearly rate that the whole cost of a sale is of its proceeds, in millionths, half up. */
export function allInRatePpm(units: bigint, proceeds: bigint, days: number): bigint {
  return divideHalfUp((units - proceeds) * PPM * DAYS_IN_YEAR, proceeds * BigInt(days));
}

/**
 * Prices a sale. Errors: RATE_OUT_OF_RANGE where nothing would be left for the seller or the yearly cost is absurd;
 * DUE_DAY_PAST where no day is left to discount.
 */
export function priceSale(terms: SaleTerms): SalePrice {
  const { units, ratePpm, days, fee } = terms;
  if (days < 1) throw new DomainError('DUE_DAY_PAST', { days });
  const discount = straightDiscount(units, ratePpm, days);
  const proceeds = units - discount - fee;
  if (proceeds <= 0n) {
    throw new DomainError('RATE_OUT_OF_RANGE', { discount: `${discount}`, fee: `${fee}`, units: `${units}` });
  }
  const allIn = allInRatePpm(units, proceeds, days);
  if (allIn > MAX_ALL_IN_RATE_PPM) {
    throw new DomainError('RATE_OUT_OF_RANGE', { allInRatePpm: `${allIn}`, allowed: `${MAX_ALL_IN_RATE_PPM}` });
  }
  return { units, ratePpm, days, fee, discount, proceeds, allInRatePpm: Number(allIn) };
}

/** A published yearly rate that a small firm pays its bank, with the publication it was read in. */
export interface ReferenceLoan {
  readonly ratePpm: number;
  readonly source: string;
}

export interface FairPrice {
  readonly price: SalePrice;
  /** Waiting costs nothing and brings the whole face. */
  readonly holdToMaturity: { readonly proceeds: bigint; readonly days: number };
  /** What it costs to borrow the same cash for the same days. */
  readonly bankLoan: { readonly ratePpm: number; readonly cost: bigint; readonly source: string };
  /** The sale costs more than the loan. */
  readonly warning: boolean;
}

/**
 * What a seller should see before signing: the price beside holding to maturity and borrowing the same cash. The
 * comparison is made on exact fractions, so rounding can neither raise nor hide the warning.
 */
export function fairPrice(price: SalePrice, loan: ReferenceLoan): FairPrice {
  const cost = price.units - price.proceeds;
  const warning = cost * PPM * DAYS_IN_YEAR > price.proceeds * BigInt(loan.ratePpm) * BigInt(price.days);
  return {
    price,
    holdToMaturity: { proceeds: price.units, days: price.days },
    bankLoan: {
      ratePpm: loan.ratePpm,
      cost: simpleInterest(price.proceeds, loan.ratePpm, price.days),
      source: loan.source,
    },
    warning,
  };
}
