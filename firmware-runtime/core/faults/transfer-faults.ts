// Faults of offline transfers: unsent records on a stick, carried to the platform, and its answers on their way back.
// A fault changes nothing. Faults of outage rehearsals are included.
import { t, type FaultRow } from '../values/fault-text.ts'
import { rehearsalFaults } from './rehearsal-faults.ts'

export const transferFaults = {
  ...rehearsalFaults,
  'TRANSFER-01': {
    what: t('离线传送文件不完整或被改过', 'The transfer file is incomplete or altered'),
    means: t('没有改动任何数据', 'Nothing changed'),
    todo: t(
      '从原来的 U 盘重新复制;没有原件时在车道电脑上重新导出',
      'Copy it again from the stick; without the original export again at the lane computer',
    ),
  },
  'TRANSFER-02': {
    what: t(
      '离线传送文件不是给这把密钥的,或不是这个停车场签的',
      'The transfer file is for another key, or not signed by this lot',
    ),
    means: t('什么也没有发送,没有改动任何数据', 'Nothing was sent, nothing changed'),
    todo: t(
      '用导出时指定的证书或恢复密钥;不认识的文件不要发送',
      'Use the certificate or recovery key that it was exported for; do not send a file nobody knows',
    ),
  },
  'TRANSFER-03': {
    what: t('回执里的应答不是平台签的', 'An answer that came back is not signed by the platform'),
    means: t('没有改动任何数据,记录仍在排队', 'Nothing changed, the records stay in the queue'),
    todo: t(
      '平台换过证书时先导入新证书;否则查明文件经过谁的手',
      'Import the new certificate where the platform changed it; else find out who had the file',
    ),
  },
  'TRANSFER-04': {
    what: t('停车场还没有接入平台', 'The lot has not joined a platform'),
    means: t('没有可以传送的记录', 'There is nothing to carry'),
    todo: t('先接入平台', 'Join the platform first'),
  },
  'TRANSFER-05': {
    what: t('发送没有做完就中断了', 'The sending broke off before its end'),
    means: t(
      '平台可能已经收到一部分;同一条记录不会算两次',
      'The platform may have some of the records; each one counts once',
    ),
    todo: t('再发送一次,从断开处继续', 'Send again: it goes on where it broke off'),
  },
  'TRANSFER-06': {
    what: t('这个平台不收成批文件', 'This platform takes no records in files'),
    means: t(
      '没有发送;记录照常一条条上传',
      'Nothing was sent; the records go one by one, as always',
    ),
    todo: t('不带 --files 再运行', 'Run it again without --files'),
  },
  'TRANSFER-07': {
    what: t('成批文件没有结果', 'A file of records came to nothing'),
    means: t(
      '里面的记录照常一条条上传;编号不变,不会算两次',
      'Its records go one by one, as always; their numbers stay, so none counts twice',
    ),
    todo: t('稍后再试,或不用文件', 'Try again later, or without a file'),
  },
} as const satisfies Record<string, FaultRow>
