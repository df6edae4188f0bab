// One car with a tag and a card with money, for tests that need a single one.
// The plate and the numbers are invented.
export const plate = '测A12345'

/** In the form that the RSU simulator's administration takes. */
export const obu = {
  obuId: '1A2B3C4D',
  cardNo: '45012299000000012345',
  cardType: 22,
  plate,
  colour: 'blue',
  balanceFen: 50_000,
  cardSerial: 7,
  stayMs: 600_000,
}
