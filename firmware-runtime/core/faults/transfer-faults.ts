// Faults of offline transfers: unsent records on a stick, carried to the platform, and its answers on their way back.
// A fault changes nothing. Faults of outage rehearsals are included.
import { t, type FaultRow } from '../values/fault-text.ts'
import { rehearsalFaults } from './rehearsal-faults.ts'

export const transferFaults = {
  ...rehearsalFaults,
  'TRANSFER-01': {
    what: t('离线传送文件不完整或被改过', 'The transfer file is incomplete or was altered'),
    means: t('没有改动任何数据', 'No data was changed'),
    todo: t(
      '从原来的 U 盘重新复制;没有原件时在车道电脑上重新导出',
      'Copy it again from the original USB stick; if you do not have it, export again on the lane computer',
    ),
  },
  'TRANSFER-02': {
    what: t(
      '离线传送文件不是给这把密钥的,或不是这个停车场签的',
      'The transfer file is not for this key, or was not signed by this lot',
    ),
    means: t('什么也没有发送,没有改动任何数据', 'Nothing was sent and no data was changed'),
    todo: t(
      '用导出时指定的证书或恢复密钥;不认识的文件不要发送',
      'Use the certificate or the recovery key named at the export; do not send an unknown file',
    ),
  },
  'TRANSFER-03': {
    what: t(
      '回执里的应答不是平台签的',
      'An answer in the returned file is not signed by the platform',
    ),
    means: t('没有改动任何数据,记录仍在排队', 'No data was changed; the records stay in the queue'),
    todo: t(
      '平台换过证书时先导入新证书;否则查明文件经过谁的手',
      'If the platform changed its certificate, import the new one first; if not, find out who handled the file',
    ),
  },
  'TRANSFER-04': {
    what: t('停车场还没有接入平台', 'The lot has not joined a platform'),
    means: t('没有可以传送的记录', 'There are no records to transfer'),
    todo: t('先接入平台', 'Join the platform first'),
  },
  'TRANSFER-05': {
    what: t('发送没有做完就中断了', 'The sending was interrupted before it was complete'),
    means: t(
      '平台可能已经收到一部分;同一条记录不会算两次',
      'The platform may already have some of the records; the same record never counts twice',
    ),
    todo: t('再发送一次,从断开处继续', 'Send again: it continues from where it was interrupted'),
  },
  'TRANSFER-06': {
    what: t('这个平台不收成批文件', 'This platform does not accept records in files'),
    means: t(
      '没有发送;记录照常一条条上传',
      'Nothing was sent; the records are uploaded one by one as usual',
    ),
    todo: t('不带 --files 再运行', 'Run it again without --files'),
  },
  'TRANSFER-07': {
    what: t('成批文件没有结果', 'A file of records got no result'),
    means: t(
      '里面的记录照常一条条上传;编号不变,不会算两次',
      'Its records are uploaded one by one as usual; their numbers do not change, so none counts twice',
    ),
    todo: t('稍后再试,或不用文件', 'Try again later, or do not use a file'),
  },
} as const satisfies Record<string, FaultRow>
