// The tasks beside the lanes, with what a person reads when one of them fails: its name, and what is not done until it
// runs again. base/process/side-tasks.ts runs them.
import { t, type BilingualText } from '../words/fault-text.ts'

interface SideTaskWords {
  readonly name: BilingualText
  /** What is not done meanwhile. */
  readonly until: BilingualText
}

const task = (name: BilingualText, until: BilingualText): SideTaskWords => ({ name, until })

export const sideTaskNames = {
  centre: task(
    t('连接运营中心', 'connecting to the centre of many car parks'),
    t('在此之前运营中心收不到记录', 'the centre gets no rows until then'),
  ),
  feedbackDue: task(
    t('检查反馈的答复期限', 'checking when feedback must be answered'),
    t('在此之前不提示逾期的反馈', 'overdue feedback is not shown until then'),
  ),
  feedbackPull: task(
    t('接收平台转来的反馈', 'receiving feedback from the platform'),
    t('在此之前收不到新的反馈', 'no new feedback arrives until then'),
  ),
  machineNtp: task(
    t('查看本机是否自动对时', 'checking whether this computer sets its clock by a time server'),
    t('显示的对时状态可能已过时', 'the state shown may be old'),
  ),
  clockUpkeep: task(
    t('核对本机时钟', 'checking the clock of this computer'),
    t('在此之前不校正时钟', 'the clock is not corrected until then'),
  ),
  stoodStill: task(
    t('查看车道是否停顿过', 'checking whether the lanes stood still'),
    t('在此之前停顿不会提示', 'a standstill is not reported until then'),
  ),
  configuration: task(
    t('接收 ETC 运营方的运行配置', 'receiving the running configuration of the ETC operator'),
    t('在此之前沿用现有设置', 'the present settings stay in force until then'),
  ),
  shiftPlans: task(
    t('接收平台的排班', 'receiving the shift plan from the platform'),
    t('在此之前沿用现有排班', 'the present plan stays in force until then'),
  ),
  bills: task(
    t('每天与账单对账', 'comparing each day with its bills'),
    t('在此之前不对账', 'no bill is compared until then'),
  ),
  statusList: task(
    t('下载状态名单', 'downloading the status list'),
    t('在此之前沿用现有名单', 'the present list stays in use until then'),
  ),
  upkeep: task(
    t('夜间备份和清理照片', 'the nightly backup and the deletion of old photos'),
    t('在此之前不备份也不清理', 'nothing is backed up or deleted until then'),
  ),
  copies: task(
    t('把副本送到第二处', 'sending copies to the second place'),
    t('在此之前第二处的副本不更新', 'the copy at the second place is not renewed until then'),
  ),
  holder: task(
    t('查看有没有别的电脑接过了车道', 'checking whether another computer has taken the lanes'),
    t('在此之前不知道别的电脑接没接过', 'until then it is not known whether another one has'),
  ),
  stamps: task(
    t('给账本取时间戳', 'taking the time stamp of the ledger'),
    t('在此之前账本的新记录没有时间戳', 'newer rows of the ledger have no time stamp until then'),
  ),
  reports: task(
    t('按时制作报表', 'making the scheduled reports'),
    t('到期的报表推迟', 'reports that are due come later'),
  ),
  indexCheck: task(
    t('启动后检查账本的索引', 'checking the indexes of the ledger after a start'),
    t('由夜间备份再检查', 'the nightly backup checks them again'),
  ),
  passports: task(
    t('核对车道档案', 'comparing the lanes with their passports'),
    t('在此之前不提示设置的变化', 'changed settings are not reported until then'),
  ),
  receipts: task(
    t('补打凭证', 'printing receipts that waited for the printer'),
    t('没打出的凭证仍在列表里', 'receipts that were not printed stay in the list'),
  ),
  foldCache: task(
    t('保存下次启动用的状态', 'keeping the state for the next start'),
    t('下次启动会慢一些', 'the next start takes longer'),
  ),
  laneMonitor: task(
    t('向平台报告车道状态', 'reporting the lanes to the platform'),
    t('平台可能显示车道离线', 'the platform may show the lanes as offline'),
  ),
  passing: task(
    t('用过车数据测算通信区域', 'measuring the zones by passages'),
    t('在此之前不评判通信区域', 'the zones are not judged until then'),
  ),
  day: task(
    t('读取当天的合计', 'reading the sums of the day'),
    t('当天的合计可能不全', 'the sums of the day may be incomplete'),
  ),
  matters: task(
    t('把待办告诉外面的接收方', 'telling the receiver of calls what waits for a person'),
    t('在此之前待办只在窗口里看得到', 'until then it is seen in the window only'),
  ),
  updates: task(
    t('看有没有新版本', 'looking for a newer version'),
    t('车道照常用现在的版本', 'the lanes go on with the present version'),
  ),
  told: task(
    t('采用平台预告的变更', 'taking a change that the platform announced'),
    t('变更到预告的时间再采用', 'the change is taken at its announced time'),
  ),
} as const satisfies Record<string, SideTaskWords>

export type SideTaskName = keyof typeof sideTaskNames
