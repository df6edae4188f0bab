// Faults of lane passports, of the first car and of devices that two want. Rows of the table in faults.ts.
// Codes are never reused.
import { t } from '../values/fault-text.ts'
import type { FaultRow } from '../values/fault-text.ts'

export const passportFaults = {
  'PASSPORT-01': {
    what: t('车道档案被改动或损坏', 'The lane passport was changed or is damaged'),
    means: t('不采用其中任何内容;车道不受影响', 'Nothing in it counts; the lanes are not affected'),
    todo: t(
      '使用原文件,或在车道上重新制作',
      'Use the original file, or make a new one at the lane',
    ),
  },
  'PASSPORT-02': {
    what: t('车道档案的签名不成立', 'The signature of the lane passport does not hold'),
    means: t('不采用其中任何内容;车道不受影响', 'Nothing in it counts; the lanes are not affected'),
    todo: t('向签发人索取有效的文件', 'Ask whoever signed it for a valid file'),
  },
  'PASSPORT-03': {
    what: t('车道与最近的车道档案不一致', 'The lane differs from its last passport'),
    means: t(
      '车辆照常通行;验收时的证明不再符合现状',
      'Cars go on; what was proven then is not what is there now',
    ),
    todo: t(
      '逐项核对;改回原值,或重新试车并制作新车道档案',
      'Look at each line; set it back, or prove the lane again and make a new passport',
    ),
  },
  'PASSPORT-04': {
    what: t('该车道还没有车道档案', 'The lane has no passport yet'),
    means: t('无从比较;车道不受影响', 'There is nothing to compare with; lanes are not affected'),
    todo: t('先制作车道档案', 'Make a passport first'),
  },
  'PASSPORT-05': {
    what: t(
      '联调证书编号不是 32 位字母或数字',
      'A joint-test certificate id is 32 letters or digits',
    ),
    means: t('没有制作车道档案', 'No passport was made'),
    todo: t('按证书原样填写,没有证书时留空', 'Type it as on the certificate, or leave it out'),
  },
  'PASSPORT-06': {
    what: t('没有可用于签名的密钥', 'There is no key to sign with'),
    means: t('没有制作车道档案', 'No passport was made'),
    todo: t(
      '用 --key 和 --cert 指定密钥与证书',
      'Name a key and its certificate: --key and --cert',
    ),
  },
  'FIRST-01': {
    what: t('首车测试现在不能进行', 'A first-car test cannot be done now'),
    means: t('没有扣费,车道照常', 'Nothing was charged, the lane goes on as usual'),
    todo: t(
      '选择有天线的出口车道,等上一次测试了结后再试',
      'Choose an exit with an antenna, and wait until the test before it is settled',
    ),
  },
} as const satisfies Record<string, FaultRow>
