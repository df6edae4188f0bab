// Events of the ledger in words: every type that a row of the kind `event` may have.
import { t, type BilingualText } from './fault-text.ts'

/** By the `type` of a row of the kind `event`. */
export const eventWords = {
  drawer: t('钱箱开启', 'cash drawer'),
  passUsed: t('准许通行已用', 'pass used'),
  barrierArmed: t('道闸已启用', 'barrier armed'),
  resultDoubted: t('扣费结果存疑', 'debit result in doubt'),
  answerDoubted: t('平台的应答不可信', 'platform answer not trusted'),
  certificateRefused: t(
    '证书不在有效期内,应答不算数',
    'certificate not valid now, answer not trusted',
  ),
  peerCertificate: t('平台的 TLS 证书', 'TLS certificate of a platform'),
  photosDeleted: t('清除照片', 'Photos cleared'),
  photoCopiesDeleted: t('清除照片的副本', 'Photo copies cleared'),
  photosBack: t('照片取回', 'Photos retrieved'),
  ledgerWasFull: t('磁盘满过,账本写不进去', 'The disk was full, no row could be written'),
  /** In earlier ledgers; now the act `program.takenBack` says it. */
  versionTakenBack: t('新版本已退回', 'New version taken back'),
  lotStopped: t('程序正常停止', 'Program stopped normally'),
  clockStepped: t('时钟校正', 'Clock adjusted'),
  backupMade: t('夜间备份', 'Nightly backup'),
  backupFailed: t('夜间备份失败', 'Nightly backup failed'),
  backupDeleted: t('清除旧备份', 'Old backup cleared'),
  diskSeen: t('磁盘剩余空间', 'Free disk space'),
  clockJumped: t('时钟跳变', 'Clock jumped'),
  clockUnsure: t('时钟存疑', 'Clock in doubt'),
  clockSure: t('时钟已可信', 'Clock trusted again'),
  invoice: t('发票', 'Invoice'),
  receiptMade: t('收据号', 'Receipt number'),
  receiptPrint: t('收据打印', 'Printing of the receipt'),
  receiptsLost: t('空出的收据号', 'Receipt numbers left empty'),
  carFileMade: t('争议文件', 'Dispute file'),
  numbersMoved: t('编号后移', 'Numbers moved on'),
  personCall: t('呼叫人员', 'Call for a person'),
  plateMatched: t('按相近车牌找到停车', 'Stay found by a similar plate'),
  plateOfObu: t('车牌取自 OBU', 'Plate from the OBU'),
  batchDiffers: t('整点对账不一致', 'Hourly batch differs'),
  recordNotMade: t('记录没有生成', 'Record not made'),
  copyRestoredByTest: t('副本试恢复成功', 'Copy restored as a test'),
  firstCarAsked: t('首车试验', 'First car'),
  firstCarStopped: t('首车试验停止', 'First car stopped'),
  rehearsalBegan: t('演练开始', 'Rehearsal started'),
  rehearsalEnded: t('演练结束', 'Rehearsal ended'),
  acceptance: t('验收', 'Acceptance'),
  partnerHeard: t('外部系统已收到的消息', 'News another system has taken'),
  tailgated: t('跟车闯过', 'another car tailgated through'),
  wentUnread: t('未识别车牌即驶过', 'passed before its plate was read'),
  wrongWay: t('逆行驶过', 'drove through the wrong way'),
} satisfies Readonly<Record<string, BilingualText>>

export type EventName = keyof typeof eventWords
