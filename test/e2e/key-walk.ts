// A set-up done by keyboard alone: Tab by Tab to each field and button, as the page is laid out, and the steps that
// every such walk begins with. Used by setup-walk.test.ts and test/smoke.
import type { Page } from 'playwright-core'
import { eventually } from '../kit/eventually.ts'
import { callOk } from './demo-sims.ts'
import { Hands } from './walk-model.ts'

/** More Tabs than any page has stops. */
const tabsMax = 80
/** Each look is a call to the runtime, which answers in order: after that many, no save is left to be answered. */
const answersMax = 400
const field = (name: string): string => `[name="${name}"]`
const button = (name: string): string => `[data-test="${name}"]`

export class KeyWalk {
  readonly hands: Hands
  private readonly page: Page

  constructor(page: Page) {
    this.page = page
    this.hands = new Hands(page, 'keys')
  }

  async state(row: string, word: string): Promise<void> {
    let answers = 0
    let shown = ''
    const look = async (): Promise<string> => {
      await callOk(this.page, 'setup.get')
      answers++
      const text = await this.page.locator(button(`row-${row}`)).innerText()
      return (shown = text.replaceAll(/\s+/g, ' '))
    }
    const saves = {
      died: () => (answers < answersMax ? null : 'no save is left to be answered'),
      said: () => shown,
    }
    await eventually(look, { what: `row ${row} of the set-up`, of: saves }).toContain(word)
  }

  async reach(selector: string, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    // Waits until the element exists and is enabled, as a person would before pressing Tab.
    await this.page.locator(`${selector}:not(:disabled)`).first().waitFor()
    const isThere = (): Promise<boolean> =>
      this.page.evaluate(`document.activeElement?.matches(${JSON.stringify(selector)}) === true`)
    for (let tabs = 0; !(await isThere()); tabs++) {
      if (tabs === tabsMax) throw new Error(`no Tab leads to ${selector}`)
      await this.hands.press(key)
    }
  }

  async answer(name: string, text: string, counted = text): Promise<void> {
    await this.reach(field(name))
    await this.hands.press('Control+a')
    await this.hands.type(text, counted)
    this.hands.act()
  }

  async press(name: string, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    await this.reach(button(name), key)
    await this.hands.press('Enter')
    this.hands.act()
  }

  /** Chooses by the arrow keys, or by the first letters. */
  async choose(name: string, keys: string): Promise<void> {
    await this.reach(field(name))
    if (keys.length === 2) await this.hands.type(keys)
    else await this.hands.press(keys)
    this.hands.act()
  }

  private async start(): Promise<void> {
    this.hands.begin('Choose to set up a car park on the start page')
    await this.press('start-setup')
    this.hands.waits('start')
    await this.page.locator(button('row-lot')).waitFor()
  }

  /** An open car park with a gantry, a patrol car and sensors in the road (7.2.5). */
  async startAndStreet(): Promise<void> {
    await this.start()
    this.hands.begin('Name, number, city, commercial; an open car park of 7.2.5')
    await this.answer('name', '民族大道', 'minzudadao ')
    await this.answer('lotId', 'A0002')
    await this.choose('province', 'ArrowDown')
    await this.answer('city', '01')
    await this.choose('trade', 'Space')
    await this.reach(field('openLayout'))
    for (let layout = 1; layout <= 5; layout++) await this.hands.press('ArrowDown')
    this.hands.act()
    await this.page.locator(field('reader-fence')).waitFor()
  }

  async startAndLot(): Promise<void> {
    await this.start()
    this.hands.begin(
      'Name, number, spaces, city, commercial; an entry and an exit from their drawings',
    )
    await this.answer('name', '城东停车场', 'chengdong tingchechang ')
    await this.answer('lotId', 'A0001')
    await this.answer('ordinary', '60')
    await this.choose('province', 'ArrowDown')
    await this.answer('city', '01')
    await this.choose('trade', 'Space')
    await this.press('add-7.1.1-entry')
    await this.press('add-7.1.1-exit')
    await this.state('lot', '已填')
  }
}
