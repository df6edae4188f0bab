// The dialogs for a car that needs a person begin with the reason that the lane knows, and choose none themselves.
// A person may choose another reason.
import { beforeEach, describe, expect, it } from 'vitest'
import { boards, car, lane } from './lane-views.ts'
import { all, openPage, showBoard, hit } from '../../kit/page.ts'
import { ScriptedLot } from '../../kit/scripted-lot.ts'

let lot: ScriptedLot

beforeEach(async () => {
  lot = new ScriptedLot()
  await openPage(lot, '/lane')
})

describe('the reason that the lane knows', () => {
  const chosen = (): string =>
    all('.el-dialog input[type="radio"]')
      .filter((el) => (el as HTMLInputElement).checked && (el as HTMLInputElement).name !== 'means')
      .map((el) => el.closest('label')?.textContent.trim() ?? '')
      .join()
  it.each([
    ['F9', 'insufficient', '余额不足'],
    ['F9', 'noStay', '没有入场记录'],
    ['F9', 'platformDown', 'ETC 未扣费'],
    ['F8', 'rsuGone', '设备故障'],
    ['F2', 'plateNotRead', '没有识别'],
    ['F8', 'insufficient', ''],
  ])('%s for %s begins with it', async (key, manual, reason) => {
    const waiting = lane({ state: 'manual', car: car({ manual }) })
    await showBoard(lot, { ...boards.normal, lanes: [waiting] })
    await hit(key)
    expect(chosen()).toBe(reason)
  })
})
