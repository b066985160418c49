/** Time is injected: business code asks the clock, never the machine. */
export abstract class Clock {
  /** The present instant; in demo mode shifted by the stored offset. */
  abstract now(): Date;
}
