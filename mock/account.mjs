// The account of a session: its balance, its ledger, and what goes wrong with requests about it. PUT /mock/account takes this as
// JSON; every property is optional:
//
//   balance     US dollars at the beginning; by default what the mock was started with
//   prices      {"MODEL": {"kind": "fixed", ...}, "OTHER": null}   prices of models in the catalogue; null removes the price
//   clock       seconds by which the clock of the server is ahead; negative if it is behind
//   ledgerEnds  the ledger breaks off after so many entries: has_more without a next_cursor
//   catalog     [{"error": "rejected", "status": 503}, ...]        errors of requests for the catalogue or one of its models
//   billing     errors of requests for the balance
//   ledger      errors of requests for the first page of the ledger
//   nextPages   errors of requests for the other pages of the ledger
//   logs        errors of requests for the logs
//
// The errors are rejected, truncated, garbled and delayed, see script.mjs. A request that Prism would refuse uses one up, too.
import { createHash } from 'node:crypto';
import { Errors, errorsViolation, isAmount, isObject, propertyViolation } from './script.mjs';

const CREDITS_PER_USD = 2_000_000;
const LISTS = ['catalog', 'billing', 'ledger', 'nextPages', 'logs'];
const KINDS = Object.fromEntries(LISTS.map((list) => [list, ['rejected', 'truncated', 'garbled', 'delayed']]));
const PROPERTIES = ['balance', 'prices', 'clock', 'ledgerEnds', ...LISTS];

export const toCredits = (usd) => Math.round(usd * CREDITS_PER_USD);
export const amountOf = (credits) => ({ usd: credits / CREDITS_PER_USD, credits });

/** What is wrong with the JSON of an account; undefined if nothing is. */
export function accountViolation(json) {
  const violation = propertyViolation('an account', json, PROPERTIES);
  if (violation) return violation;
  const { balance = 0, prices = {}, clock = 0, ledgerEnds = 0 } = json;
  if (!isAmount(balance)) return `balance must be US dollars: ${JSON.stringify(balance)}`;
  if (!isObject(prices)) return `prices must be an object: ${JSON.stringify(prices)}`;
  if (typeof clock !== 'number') return `clock must be a number of seconds: ${JSON.stringify(clock)}`;
  if (!Number.isInteger(ledgerEnds) || ledgerEnds < 0) return `ledgerEnds must be a number of entries: ${JSON.stringify(ledgerEnds)}`;
  return errorsViolation(json, KINDS);
}

export class Account {
  constructor(json, openedAt = Date.now()) {
    this.errors = new Errors(json, LISTS);
    this.prices = json.prices ?? {};
    this.clock = (json.clock ?? 0) * 1000;
    this.ledgerEnds = json.ledgerEnds ?? Infinity;
    this.initial = toCredits(json.balance);
    this.openedAt = openedAt;
    /** The charges, also those that are still to come. */
    this.charges = [];
    this.charged = 0;
  }

  /** The same account, as another JSON describes it. */
  changed(json) {
    const account = new Account(json, this.openedAt);
    account.charges = this.charges;
    account.charged = this.charged;
    return account;
  }

  /** The time of the server. */
  now() {
    return Date.now() + this.clock;
  }

  /** A time of the server in ISO 8601. */
  time(milliseconds) {
    return new Date(milliseconds + this.clock).toISOString();
  }

  /** Whether the balance covers this cost besides all charges that are still to come. */
  covers(credits) {
    return this.initial - this.charged >= credits;
  }

  /** Adds a charge at a time that may be in the future. */
  charge(at, credits, model, reference) {
    this.charges.push({ at, number: this.charges.length + 1, direction: 'CHARGE', type: 'MODEL_USAGE', credits, model, reference });
    this.charged += credits;
  }

  /** The balance in US dollars. */
  balance() {
    const charged = this.charges.filter(({ at }) => at <= Date.now()).reduce((sum, { credits }) => sum + credits, 0);
    return (this.initial - charged) / CREDITS_PER_USD;
  }

  /** The entries so far that a filter accepts, the newest first. The initial balance is one of them. */
  entries(accepts) {
    const initial = { at: this.openedAt, number: 0, direction: 'TOPUP', type: 'PAYMENT', credits: this.initial, model: null, reference: null };
    return [initial, ...this.charges].filter((entry) => entry.at <= Date.now() && entry.credits > 0 && accepts(entry)).sort(newestFirst);
  }

  /** A page of the ledger; undefined if the cursor is not one of this mock, to the letter. */
  page({ from = -Infinity, to = Infinity, direction, type, limit, cursor }) {
    const last = cursor === null ? undefined : keyOf(cursor);
    if (last === null) return undefined;
    const accepted = this.entries(
      (entry) => entry.at + this.clock >= from && entry.at + this.clock < to && [null, entry.direction].includes(direction) && [null, entry.type].includes(type),
    );
    const start = last ? accepted.filter((entry) => newestFirst(entry, last) <= 0).length : 0;
    const end = Math.min(start + limit, this.ledgerEnds);
    const page = accepted.slice(start, end);
    const hasMore = end < accepted.length;
    const isBroken = hasMore && end === this.ledgerEnds;
    return {
      data: page.map((entry) => this.shown(entry)),
      pagination: { next_cursor: hasMore && !isBroken ? cursorOf(page.at(-1)) : null, has_more: hasMore },
    };
  }

  shown({ at, direction, type, credits, model, reference }) {
    return { created_at: this.time(at), direction, type, amount: amountOf(credits), model, reference_id: reference };
  }
}

const newestFirst = (a, b) => b.at - a.at || b.number - a.number;

/** A cursor has characters that a query must escape. */
function cursorOf({ at, number }) {
  const key = `${at}.${number}`;
  return `${Buffer.from(`${key}?>~`).toString('base64')}+/${sumOf(key)}==`;
}

const sumOf = (key) => createHash('sha256').update(key).digest('base64').slice(0, 8);

/** The entry before the page of a cursor; null if the cursor is not valid. */
function keyOf(cursor) {
  const [, at, number] = /^(\d+)\.(\d+)\?>~/.exec(Buffer.from(cursor.split('+/')[0], 'base64').toString()) ?? [];
  const key = { at: Number(at), number: Number(number) };
  return cursor === cursorOf(key) ? key : null;
}
