// The CPU cards of the simulated cars: purse, counter, files and last proof, by card number.
// Cards are kept when the car leaves, the RSU loses power or the process ends (rows of the store file).
import { createHmac } from 'node:crypto'
import { bytesOfHex, hexOf } from '#base/pure/data/bytes.ts'
import { isoOf, instantOf } from '#base/pure/values/instant.ts'
import { present } from '#base/pure/values/must.ts'
import { inMemory, type Shelf, type ShelfMaker } from '#base/pure/values/shelf.ts'
import { gbkBytes, hexBytes, join, zeros } from './bytes.ts'
import { isColour, colourCode, type CardAlgorithm } from './dialect.ts'
import { testTac, testTacKeyText } from '../shell/test-tac.ts'
import type { PlateColour } from '#base/pure/plates/plate.ts'
import { pageOf } from '../shell/members.ts'

/** Fixed data of a card, and its purse as a test last set it. */
export interface CardSetup {
  /** 20 digits: network 4, card number 16. */
  readonly cardNo: string
  readonly cardType: 22 | 23
  readonly plate: string
  readonly colour: PlateColour
  readonly vehicleClass: number
  readonly userType: number
  readonly issuerHex: string
  readonly startDate: string
  readonly expireDate: string
  readonly balanceFen: number
  readonly cardSerial: number
  /** 8 hex. */
  readonly chipId: string
  /** 43 bytes; null leaves the file as it is. */
  readonly file0019Hex: string | null
  /** Absent in older store files: 3DES. */
  readonly algorithm?: CardAlgorithm
}

export interface CardDebit {
  readonly amountFen: number
  readonly atIso: string
  readonly timeBcd: string
  readonly psamTerminal: string
  readonly psamSerial: number
  readonly cardSerial: number
  readonly tac: string
}

interface Card {
  setup: CardSetup
  balanceFen: number
  cardSerial: number
  file0019Hex: string
  readonly debits: CardDebit[]
}

/** Rows of the store file. A debit row has the whole state of the card after it. */
export type CardRow =
  | { readonly row: 'card'; readonly setup: CardSetup }
  | {
      readonly row: 'debit'
      readonly cardNo: string
      readonly debit: CardDebit
      readonly balanceFen: number
      readonly file0019Hex: string
    }

interface StoredCard {
  readonly cardNo: string
  readonly balanceFen: number
  readonly cardSerial: number
  readonly debits: readonly CardDebit[]
}

/** Record id AA, length 29h, lock 00; then an empty record. */
const emptyFile0019Hex = hexOf(join(0xaa, 0x29, 0x00, zeros(40)))
const file0019Bytes = 43

/** Only this simulator writes these files, so a wrong shape is a bug. */
function isCardRow(row: unknown): row is CardRow {
  if (typeof row !== 'object' || row === null || !('row' in row)) return false
  if (row.row === 'debit') return 'cardNo' in row && 'debit' in row
  if (row.row !== 'card' || !('setup' in row)) return false
  const { setup } = row
  return typeof setup === 'object' && setup !== null && 'colour' in setup && isColour(setup.colour)
}

const atIsoOf = (t: string): string =>
  isoOf(
    instantOf(
      Number(t.slice(0, 4)),
      Number(t.slice(4, 6)),
      Number(t.slice(6, 8)),
      1000 *
        (3600 * Number(t.slice(8, 10)) + 60 * Number(t.slice(10, 12)) + Number(t.slice(12, 14))),
    ),
  )

export interface DebitRequest {
  readonly amountFen: number
  readonly timeBcd: string
  readonly psamTerminal: string
  readonly psamSerial: number
  readonly station: Uint8Array
}

export class Cards {
  readonly #cards: Shelf<Card>
  debitCount = 0
  debitedFen = 0
  /** Highest PSAM serial in the store: the PSAM continues from there after a restart. */
  psamSerialMax = 0

  constructor(rows: readonly unknown[], shelf: ShelfMaker = inMemory) {
    this.#cards = shelf()
    for (const row of rows) {
      if (!isCardRow(row)) throw new Error('the books hold a row that no RSU simulator wrote')
      if (row.row === 'card') this.#set(row.setup)
      else this.#replay(row)
    }
  }

  #replay(row: Extract<CardRow, { row: 'debit' }>): void {
    const card = this.#of(row.cardNo)
    card.debits.push(row.debit)
    card.balanceFen = row.balanceFen
    card.cardSerial = row.debit.cardSerial
    card.file0019Hex = row.file0019Hex
    this.#cards.set(row.cardNo, card)
    this.#count(row.debit)
  }

  #count(debit: CardDebit): void {
    this.debitCount++
    this.debitedFen += debit.amountFen
    this.psamSerialMax = Math.max(this.psamSerialMax, debit.psamSerial)
  }

  #of(cardNo: string): Card {
    return present(this.#cards.get(cardNo), `card ${cardNo} was set up before it is used`)
  }

  #set(setup: CardSetup): void {
    const known = this.#cards.get(setup.cardNo)
    const file0019Hex = setup.file0019Hex ?? known?.file0019Hex ?? emptyFile0019Hex
    const { balanceFen, cardSerial } = setup
    this.#cards.set(setup.cardNo, {
      setup,
      balanceFen,
      cardSerial,
      file0019Hex,
      debits: known?.debits ?? [],
    })
  }

  /**
   * Sets a card up. The same setup again is the same card coming back with its present purse: a test that drives a car
   * in twice does not refill it. A changed setup is a top-up or another card.
   */
  setUp(setup: CardSetup): CardRow | null {
    const known = this.#cards.get(setup.cardNo)
    if (known && JSON.stringify(known.setup) === JSON.stringify(setup)) return null
    this.#set(setup)
    return { row: 'card', setup }
  }

  has(cardNo: string): boolean {
    return this.#cards.has(cardNo)
  }

  /** The card's serial number of the transaction that an initialise would start. */
  nextSerial(cardNo: string): number {
    return (this.#of(cardNo).cardSerial + 1) & 0xffff
  }

  /** A stored-value purse below the amount refuses to initialise. Credit cards have no limit. */
  affords(cardNo: string, amountFen: number): boolean {
    const card = this.#of(cardNo)
    return card.setup.cardType === 23 || card.balanceFen >= amountFen
  }

  view(cardNo: string): {
    cardType: number
    balanceFen: number
    chipId: string
    file0015: Uint8Array
    file0019: Uint8Array
  } {
    const { setup, balanceFen, file0019Hex } = this.#of(cardNo)
    const file0019 = hexBytes(file0019Hex, file0019Bytes)
    const file0015 = join(
      hexBytes(setup.issuerHex, 8),
      setup.cardType === 23 ? 0x17 : 0x16,
      // Version 5x and above has SM4 keys beside those of 3DES (assumed).
      setup.algorithm === 'sm4' ? 0x50 : 0x40,
      hexBytes(cardNo, 10),
      hexBytes(setup.startDate, 4),
      hexBytes(setup.expireDate, 4),
      gbkBytes(setup.plate, 12),
      setup.userType,
      colourCode(setup.colour),
      setup.vehicleClass,
    )
    const { cardType, chipId } = setup
    return { cardType, balanceFen, chipId, file0015, file0019 }
  }

  /** A debit that a result reports without debiting the card. */
  pretend(cardNo: string, request: DebitRequest): CardDebit {
    const { amountFen, timeBcd, psamTerminal, psamSerial } = request
    return {
      amountFen,
      atIso: atIsoOf(timeBcd),
      timeBcd,
      psamTerminal,
      psamSerial,
      cardSerial: this.nextSerial(cardNo),
      tac: testTac({ amountFen, transType: '09', psamTerminal, psamSerial, timeBcd }),
    }
  }

  /** The composite debit: from here on the money is deducted, whatever happens on the link. */
  debit(cardNo: string, request: DebitRequest): { row: CardRow; debit: CardDebit } {
    const card = this.#of(cardNo)
    const debit = this.pretend(cardNo, request)
    card.cardSerial = debit.cardSerial
    // A credit card shows a constant balance: judging a debit by the balance fails.
    if (card.setup.cardType === 22) card.balanceFen -= request.amountFen
    const file0019 = hexBytes(card.file0019Hex, file0019Bytes)
    card.file0019Hex = hexOf(writeStation(file0019, request.station))
    card.debits.push(debit)
    this.#cards.set(cardNo, card)
    this.#count(debit)
    const { balanceFen, file0019Hex } = card
    return { debit, row: { row: 'debit', cardNo, debit, balanceFen, file0019Hex } }
  }

  /** TAC and MAC of the last debit when the serial matches; the card has no older ones. */
  proof(cardNo: string, cardSerial: number): { tac: string; mac: string } | null {
    const last = this.#of(cardNo).debits.at(-1)
    if (!last || last.cardSerial !== cardSerial) return null
    const mac = createHmac('sha256', testTacKeyText).update(`MAC${last.tac}`).digest()
    return { tac: last.tac, mac: hexOf(mac.subarray(0, 4)) }
  }

  *all(): Generator<StoredCard> {
    for (const { setup, balanceFen, cardSerial, debits } of this.#cards.values())
      yield { cardNo: setup.cardNo, balanceFen, cardSerial, debits }
  }

  page(after: number, limit: number) {
    const { rows: cards, count, next } = pageOf([...this.all()], { after, limit })
    return { cards, count, next }
  }
}

/** 43 bytes replace the file; 40 come without its head; 36 and 39 keep the last four bytes. */
function writeStation(file: Uint8Array, station: Uint8Array): Uint8Array {
  const out = Uint8Array.from(file)
  const withHead = station.length === 43 || station.length === 39
  if (!withHead) out.set([0xaa, 0x29, 0x00])
  out.set(station, withHead ? 0 : 3)
  return out
}

export const isFile0019Hex = (value: unknown): value is string =>
  typeof value === 'string' && bytesOfHex(value)?.length === file0019Bytes
