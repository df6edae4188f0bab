// The size of a page in windows of all sizes, and what a person chose beside it.
import { EventEmitter } from 'node:events'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BrowserWindow } from 'electron'
import { beforeEach, expect, it } from 'vitest'
import { scaleOf, WindowScale } from '../../../electron/main/window-scale.ts'
import { folderOfFile } from '../../kit/own-folder.ts'

it.each([
  [1024, 600, 1],
  [1366, 768, 1],
  [1920, 1080, 1],
  [1920, 1200, 1],
  [2560, 1440, 1.25],
  [3440, 1440, 1.25],
  [3840, 2160, 2],
  [1080, 1920, 1],
  [5120, 2880, 2.5],
])('a window of %i x %i is drawn at %f', (width, height, scale) => {
  expect(scaleOf(width, height, 0)).toBe(scale)
  expect(scaleOf(width, height, 1)).toBeGreaterThan(scale)
  expect(scaleOf(width, height, -1)).toBeLessThan(scale)
})

const file = join(folderOfFile('etc-lane-scale-'), 'window-scale')
let drawnAt: number[]
let size: number[]
function windowWith(kept: string): { window: EventEmitter; scale: WindowScale } {
  writeFileSync(file, kept)
  const webContents = Object.assign(new EventEmitter(), {
    setZoomFactor: (factor: number) => void drawnAt.push(factor),
  })
  const window = Object.assign(new EventEmitter(), { webContents, getContentSize: () => size })
  return { window, scale: new WindowScale(window as unknown as BrowserWindow, file) }
}
beforeEach(() => {
  drawnAt = []
  size = [3840, 2160]
})

it('follows the window, and keeps what the person chose for the next start', () => {
  const { window, scale } = windowWith('')
  window.emit('ready-to-show')
  scale.change(1)
  size = [1366, 768]
  window.emit('resize')
  expect(drawnAt).toEqual([2, 2.2, 1.1])
  const next = windowWith(readFileSync(file, 'utf8'))
  next.window.emit('ready-to-show')
  next.scale.change(null)
  expect(drawnAt.slice(3)).toEqual([1.1, 1])
})

it.each(['x', '7', '-90', '1.5', '{"own":2}', ' '])(
  'a kept choice that is "%s" is no choice',
  (kept) => {
    const { window } = windowWith(kept)
    window.emit('ready-to-show')
    expect(drawnAt).toEqual([2])
  },
)

it('goes no further than six steps, and each step back is seen at once', () => {
  const { scale } = windowWith('6')
  scale.change(1)
  scale.change(-1)
  expect(drawnAt.map((one) => one.toFixed(2))).toEqual(['3.54', '3.22'])
  expect(existsSync(file)).toBe(true)
})
