// Faults of lane passports, of the first car and of devices that two want. Rows of the table in faults.ts.
// Codes are never reused.
import { t } from '../words/fault-text.ts'
import { faultRows } from './fault-rows.ts'

/** What most faults of a class mean. */
const means = {
  PASSPORT: t(
    '不采用其中任何内容;车道不受影响',
    'None of its content is used; the lanes are not affected',
  ),
}

export const passportFaults = faultRows(means, {
  'PASSPORT-01': {
    what: t('车道档案被改动或损坏', 'The lane passport was altered or is damaged'),
    todo: t(
      '使用原文件,或在车道上重新制作',
      'Use the original file, or make a new one at the lane',
    ),
  },
  'PASSPORT-02': {
    what: t('车道档案的签名不成立', 'The signature of the lane passport is not valid'),
    todo: t('向签发人索取有效的文件', 'Ask the signer for a valid file'),
  },
  'PASSPORT-03': {
    what: t('车道与最近的车道档案不一致', 'The lane differs from its latest passport'),
    means: t(
      '车辆照常通行;验收时的证明不再符合现状',
      'Cars pass as usual; what was proven at the acceptance no longer matches the lane',
    ),
    todo: t(
      '逐项核对;改回原值,或重新试车并制作新车道档案',
      'Check each item; restore the earlier value, or test the lane again and make a new passport',
    ),
  },
  'PASSPORT-04': {
    what: t('该车道还没有车道档案', 'The lane has no passport yet'),
    means: t(
      '无从比较;车道不受影响',
      'There is nothing to compare with; the lanes are not affected',
    ),
    todo: t('先制作车道档案', 'Make a passport first'),
  },
  'PASSPORT-05': {
    what: t(
      '联调证书编号不是 32 位字母或数字',
      'The id of the joint-test certificate is not 32 letters or digits',
    ),
    means: t('没有制作车道档案', 'No passport was made'),
    todo: t(
      '按证书原样填写,没有证书时留空',
      'Enter it exactly as on the certificate; leave it empty if there is no certificate',
    ),
  },
  'PASSPORT-06': {
    what: t('没有可用于签名的密钥', 'There is no key to sign with'),
    means: t('没有制作车道档案', 'No passport was made'),
    todo: t(
      '用 --key 和 --cert 指定密钥与证书',
      'Name the key and its certificate with --key and --cert',
    ),
  },
  'VERSION-01': {
    what: t('这台设备没有需要确认的版本', 'This device has no version that waits to be accepted'),
    means: t('没有改动', 'Nothing was changed'),
    todo: t(
      '看设备现在的版本:与已确认的相同时不用做什么,读不到时先接通设备',
      'See its present version: if it is the accepted one there is nothing to do; if it cannot be read, connect the device first',
    ),
  },
  'VERSION-02': {
    what: t('设备的版本变了', 'The version of a device has changed'),
    means: t(
      '车辆照常通行;换版本之前的测量和验收不能证明现在的设备',
      'Cars pass as usual; measurements and acceptance from before the change prove nothing about the device as it is',
    ),
    todo: t(
      '查清是谁为什么更新;在“车道档案”页确认新版本,或重新测试并制作车道档案',
      'Find out who updated it and why; accept the version on the passport page, or test the lane again and make a new passport',
    ),
  },
  'FIRST-01': {
    what: t('首车测试现在不能进行', 'A first-car test cannot be made now'),
    means: t('没有扣费,车道照常', 'Nothing was charged; the lane works as usual'),
    todo: t(
      '选择有天线的出口车道,等上一次测试了结后再试',
      'Choose an exit lane with an antenna, and try again when the previous test is settled',
    ),
  },
})
