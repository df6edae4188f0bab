// What a drawer should hold: what was in it, what was taken, and what was given back out of it.
// One sum for the page, the dialog and the list of shifts.

interface Drawer {
  readonly beforeFen: number
  readonly takenFen: number
  readonly backFen: number
}

export const drawerFen = ({ beforeFen, takenFen, backFen }: Drawer): number =>
  beforeFen + takenFen - backFen
