// Starting values for an antenna as data: values named by sources, marked as assumed, not measured here. A preset fills
// a form or a bundle; it is compared, backed up and tried like any other change.
import type { Preset } from '../tune/preset.ts'

export const rsuPresets: readonly Preset[] = [
  {
    id: 'usual-start',
    title: { zh: '常用起点', en: 'usual starting point' },
    why: { zh: '先用它,再按目标逐项调优', en: 'Begin here, then tune one thing at a time' },
    status: 'assumed',
    source:
      'interface reference 6.2: one source says that step 8 suffices; 3.4: BST interval 10 ms',
    settings: { powerStep: 8, bstIntervalMs: 10, rereadWaitSec: 1 },
  },
  {
    id: 'short-zone',
    title: { zh: '短区域,邻道近', en: 'short zone, neighbour close' },
    why: {
      zh: '低功率:区域短,少读邻道;车要停到天线前',
      en: 'Low power: a short zone that reads the next lane less; cars have to come close',
    },
    status: 'assumed',
    source: 'interface reference 6.2: steps 1 and 2 in site files; 5.3: footprint and neighbours',
    settings: { powerStep: 2, bstIntervalMs: 10, rereadWaitSec: 1 },
  },
  {
    id: 'long-zone',
    title: { zh: '长区域,单车道', en: 'long zone, one lane alone' },
    why: {
      zh: '较高功率:区域长;旁边有车道时先看邻道误读',
      en: 'More power: a long zone; with a lane beside it look at neighbour reads first',
    },
    status: 'assumed',
    source: 'interface reference 6.2: step 20 in a parking site file',
    settings: { powerStep: 20, bstIntervalMs: 10, rereadWaitSec: 1 },
  },
  {
    id: 'other-channel',
    title: { zh: '换信道', en: 'the other channel' },
    why: {
      zh: '相邻车道同时交易时用不同信道',
      en: 'Lanes side by side that charge at the same time use different channels',
    },
    status: 'assumed',
    source: 'interface reference 5.3: distinct channels while two lanes transact',
    settings: { channel: 1 },
  },
]
