// Faults of offline transfers (unsent records on a stick, carried to the platform, and its answers on their way back) and of
// outage rehearsals. A fault changes nothing. Codes are never reused.
import { t } from '../words/fault-text.ts'
import { faultRows } from './fault-rows.ts'

/** What most faults of a class mean. */
const means = {
  REHEARSE: t('没有切断任何东西,车道照常工作', 'Nothing was cut off; the lanes work as usual'),
}

export const transferFaults = faultRows(means, {
  'REHEARSE-01': {
    what: t('现在不能开始断网演练', 'The network outage rehearsal cannot start now'),
    todo: t(
      '等车道没有车、没有结果未知的扣费后再开始',
      'Start it when no car is in a lane and no charge has an unknown result',
    ),
  },
  'REHEARSE-02': {
    what: t('没有可以切断的对象', 'There is nothing to cut off'),
    todo: t(
      '选择这个停车场有的、现在正常的对象',
      'Choose something that this lot has and that is working now',
    ),
  },
  'REHEARSE-03': {
    what: t('没有正在进行的断网演练', 'No network outage rehearsal is running'),
    means: t('没有改动', 'Nothing was changed'),
    todo: t('需要时重新开始一次', 'Start a new one if you need it'),
  },
  'REHEARSE-04': {
    what: t('断网演练没有通过', 'The network outage rehearsal was not passed'),
    means: t(
      '切断已恢复;说明里是等了多久、少收和多收多少',
      'The connection is restored; the note says how long cars waited and how much was charged too little or too much',
    ),
    todo: t(
      '在账本里查看演练期间的车,改好后再演练一次;没有车来的,选有车的时候再做',
      'Look in the ledger at the cars during the rehearsal, correct the cause and rehearse again; if no car came, choose a busier time',
    ),
  },
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
})
