// Where a lot looks for newer versions of its program, and whether it looks by itself. Nothing is installed by a look.
import { t } from '../words/fault-text.ts'
import type { Member } from './member.ts'

export const updatePlaceMax = 400
/** An address, or the whole path of a folder. */
export const updatePlaceShape = /^(?:https?:\/\/[^\s@]+|\/.*|[A-Za-z]:[\\/].*|\\\\.+)$/

export const updatesRow = {
  kind: 'group',
  form: 'keep',
  optional: true,
  words: t('程序更新', 'Program updates'),
  why: t(
    '不写:从不自己看。看到新版本也不会自己装,总要人说“今晚”或“现在”',
    'Absent: it never looks by itself. What it finds is never installed before a person says tonight or now',
  ),
  members: {
    from: {
      kind: 'folder',
      min: 1,
      max: updatePlaceMax,
      shape: updatePlaceShape,
      words: t('更新从哪里来', 'Updates come from'),
      why: t(
        '发布人给的 https 地址,或一个文件夹的完整路径,例如 U盘',
        'The https address of those who publish, or the full path of a folder such as a USB stick',
      ),
    },
    look: {
      kind: 'choice',
      of: {
        daily: t('每天夜里看一次', 'once each night'),
        never: t('只在有人按的时候', 'only when a person asks'),
      },
      filled: 'never',
      words: t('自己看有没有新版本', 'Look for newer versions'),
    },
  },
} as const satisfies Member
