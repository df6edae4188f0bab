// The order of a test car: one fen, charged as proof and refunded, outside every total.
// Its id carries the mark (`gx1-T12` beside `gx1-O11`), so every row that names the order is marked.

export const testOrderLetter = 'T'
export const testOrderFen = 1

export const isTestOrder = (orderId: string | null | undefined): boolean =>
  /-T\d+$/.test(orderId ?? '')
