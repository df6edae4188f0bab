// Calls about updates of the program: what is offered, its preparing beside the lanes, and when the lanes begin with it.
// Nothing begins with another version before a person has said tonight or now.
import { t } from '#base/pure/words/fault-text.ts'
import { rule } from '#base/pure/words/issue-why.ts'
import { updatePlaceMax, updatePlaceShape } from '#base/pure/lot/update-members.ts'
import { z } from 'zod'
import { installer, line, none, plainAct, read, reply, said } from '#base/calls/rows.ts'
import type { TrustFileView, UpdatesView } from './update-views.ts'

/** A folder or an address. */
const from = said(updatePlaceMax).regex(
  updatePlaceShape,
  rule('不是地址,也不是文件夹的完整路径', 'neither an address nor the full path of a folder'),
)
/** Of the computer of the lanes. */
const file = said(updatePlaceMax)
/** 64 hex digits in groups of four. */
const fingerprint = z.string().regex(/^[0-9a-f]{4}( [0-9a-f]{4}){15}$/)

export const updateCalls = {
  'updates.get': read('gear', none, reply<UpdatesView>(), { rest: 'lanes' }),
  /** The fingerprint that a person compares before this file is trusted. */
  'updates.trustFile': read('owner', () => z.strictObject({ file }), reply<TrustFileView>(), {
    rest: 'lanes',
  }),
  'updates.trust': plainAct('owner', () => ({ file, fingerprint }), {
    words: t('信任发布更新的人', 'Publisher of updates trusted'),
    guard: 'pin',
    form: {
      reasons: 'updates',
      usual: 0,
      title: t('信任这些发布人', 'Trust these publishers'),
      do: t('指纹一样,信任', 'The fingerprint is the same: trust'),
      says: [
        line('{fingerprint}', '{fingerprint}'),
        line(
          '请发布人当面或在电话里念他们的指纹,每一位都一样才接受。',
          'Have those who publish read their fingerprint to you, in person or by telephone; accept it only if every digit is the same.',
        ),
        line(
          '以后只收他们签名的更新。',
          'From then on only updates with their signatures are taken.',
          'quiet',
        ),
      ],
    },
  }),
  'updates.look': installer(() => z.strictObject({ from }), reply<UpdatesView>(), { long: true }),
  /** Begins the preparing; its progress is in `updates.get`. */
  'updates.prepare': plainAct('installer', () => ({ from }), {
    words: t('准备更新', 'Update prepared'),
    form: {
      reasons: 'updates',
      usual: 0,
      title: t('准备更新', 'Prepare the update'),
      do: t('开始准备', 'Prepare it'),
      says: [
        line(
          '新版本放在现在的版本旁边,在账本的副本上试一遍。车道照常收费。',
          'The new version is put beside the present one and tried on a copy of the ledger. The lanes go on as they are.',
        ),
        line('从这里:{from}', 'From: {from}', 'quiet'),
      ],
    },
  }),
  'updates.want': plainAct('installer', () => ({ when: z.enum(['tonight', 'now']) }), {
    words: t('换成新版本', 'New version wanted'),
    form: {
      reasons: 'updates',
      usual: 0,
      title: t('换成 {version}', 'Begin with {version}'),
      do: t('换成新版本', 'Begin with it'),
      says: [
        line(
          '等到所有车道都没有车,车道停几秒,用新版本再起。在场的车、没结的订单和待上传的记录都在账本里,不会丢,也不会重复扣费。',
          'Once no car is in any lane, the lanes stop for some seconds and begin with the new version. Cars inside, open orders and records to send are in the ledger: none is lost, and no car is charged twice.',
        ),
        line(
          '这几秒里到的车要等;没有道闸会动。',
          'A car that arrives in these seconds waits; no barrier moves.',
        ),
        line(
          '然后试运行 20 辆车并且满 24 小时;它自己出错,就自动换回现在的版本。',
          'Then it is on trial for 20 cars and 24 hours, whichever is later; if it fails by itself, the present version comes back.',
          'quiet',
        ),
      ],
      fields: {
        when: {
          label: t('什么时候', 'When'),
          kind: 'radio',
          choices: {
            tonight: t('今晚 2 点到 5 点', 'Tonight, between 02:00 and 05:00'),
            now: t('现在,等车道空了', 'Now, once the lanes are empty'),
          },
          start: 'tonight',
        },
      },
    },
  }),
  'updates.drop': plainAct('installer', () => ({}), {
    words: t('放弃准备好的更新', 'Prepared update dropped'),
    form: {
      reasons: 'updates',
      usual: 1,
      title: t('不要这个更新', 'Drop this update'),
      do: t('不要了', 'Drop it'),
      says: [
        line(
          '已经取到和解压的文件删掉;车道照常用现在的版本。以后可以再准备。',
          'What was fetched and unpacked is deleted; the lanes go on with the present version. It can be prepared again later.',
        ),
      ],
    },
  }),
  'updates.back': plainAct('installer', () => ({}), {
    words: t('换回以前的版本', 'Version before taken back'),
    form: {
      reasons: 'updatesBack',
      title: t('换回 {before}', 'Go back to {before}'),
      do: t('换回', 'Go back'),
      says: [
        line(
          '等到所有车道都没有车,车道停几秒,用以前的版本再起。新版本写的记录都留在账本里。',
          'Once no car is in any lane, the lanes stop for some seconds and begin with the version before. What the new version wrote stays in the ledger.',
        ),
      ],
    },
  }),
} as const
