// The page that the simulated gateway hosts for drivers at a sign: a driver types a plate, sees the sum that the lot
// answers, and pays the offers that the lot has made. What a driver sees is kept by question, as a phone would show it.

interface Answer {
  readonly result: string
  readonly sumFen: number
  readonly attemptNos: readonly string[]
}

interface Ask {
  readonly askNo: string
  readonly plate: string
  readonly visitor: string
  readonly wants: string
  /** Null: the lot has not answered yet. */
  answer: Answer | null
}

const answerOf = (body: Readonly<Record<string, unknown>>): Answer | null => {
  const { result, sumFen, attemptNos } = body
  const isAnswer =
    typeof result === 'string' && typeof sumFen === 'number' && Array.isArray(attemptNos)
  return isAnswer ? { result, sumFen, attemptNos: attemptNos.map(String) } : null
}

export class SignPage {
  readonly asks = new Map<string, Ask>()
  /** Those without an answer, which each poll of the lot reads. */
  readonly #open = new Map<string, Ask>()

  /** A driver types a plate, or presses "pay" below its sum. */
  type(plate: string, visitor: string, wants: 'sum' | 'pay'): Ask {
    const askNo = `ASK-${String(this.asks.size + 1).padStart(6, '0')}`
    const ask: Ask = { askNo, plate, visitor, wants, answer: null }
    this.asks.set(askNo, ask)
    this.#open.set(askNo, ask)
    return ask
  }

  open(): readonly Omit<Ask, 'answer'>[] {
    return [...this.#open.values()].slice(0, 50).map(({ answer: _, ...ask }) => ask)
  }

  /** False: no such question, or an answer that is none. The first answer is kept. */
  answer(askNo: string, body: Readonly<Record<string, unknown>>): boolean {
    const ask = this.asks.get(askNo)
    const answer = answerOf(body)
    if (ask === undefined || answer === null) return false
    ask.answer ??= answer
    this.#open.delete(askNo)
    return true
  }
}
