// Words of a test of one device or platform in the set-up: its buttons, what is waited for, each step,
// and what was seen in the end.
import { t } from '../../firmware-runtime/core/values/fault-text.ts'
import {
  channelNames,
  type ChannelName,
} from '../../firmware-runtime/core/values/destination-members.ts'

/** Of each platform of a lot the same. */
const ofEach = <W>(words: W): Record<ChannelName, W> =>
  Object.fromEntries(channelNames.map((name) => [name, words])) as Record<ChannelName, W>

export const tried = {
  tried: {
    do: {
      barrier: { open: t('现在升起', 'Lift it now'), close: t('降下', 'Lower it') },
      display: { look: t('现在显示一屏', 'Show a page now') },
      camera: { look: t('现在等一张照片', 'Wait for a picture now') },
      printer: { look: t('现在打一张测试票', 'Print a test strip now') },
      scanner: { look: t('现在扫一个码', 'Read a code now') },
      gateway: { look: t('现在问一下网关', 'Ask the gateway now') },
      ...ofEach({ look: t('现在问一下平台', 'Ask the platform now') }),
      reservation: { look: t('现在问一下平台', 'Ask the platform now') },
    },
    stop: t('停止测试', 'Stop the test'),
    mind: t('道闸会动:看清杆下没有车和人再按', 'The boom moves: nobody and no car below it'),
    wait: {
      barrier: t('正在等道闸,还剩 {n} 秒', 'Waiting for the barrier, {n} s left'),
      display: t('正在等显示屏,还剩 {n} 秒', 'Waiting for the display, {n} s left'),
      camera: t(
        '正在等相机:让一辆车经过,或在相机里手动抓拍,还剩 {n} 秒',
        'Waiting for the camera: let a car pass or trigger it there, {n} s left',
      ),
      printer: t('正在等打印机,还剩 {n} 秒', 'Waiting for the printer, {n} s left'),
      scanner: t(
        '正在等扫码:把付款码放到扫码器前,还剩 {n} 秒',
        'Waiting for a code: hold one before the scanner, {n} s left',
      ),
      gateway: t('正在等网关,还剩 {n} 秒', 'Waiting for the gateway, {n} s left'),
      ...ofEach(t('正在等平台,还剩 {n} 秒', 'Waiting for the platform, {n} s left')),
      reservation: t('正在等平台,还剩 {n} 秒', 'Waiting for the platform, {n} s left'),
    },
    end: {
      open: t('看到闸杆升起', 'The boom was seen up'),
      closed: t('看到闸杆落下', 'The boom was seen down'),
      alreadyOpen: t(
        '闸杆本来就是升起的,没有动它;先降下再试',
        'The boom was up before and was not moved; lower it first',
      ),
      alreadyClosed: t(
        '闸杆本来就是落下的,没有动它;先升起再试',
        'The boom was down before and was not moved; lift it first',
      ),
      notKnown: t(
        '继电器板收下了命令,但没有到位输入:闸杆动没动不知道,请看道闸',
        'The board took the command and has no position input: whether the boom moved is not known, look at it',
      ),
      notSeen: t(
        '继电器板收下了命令,闸杆没有到位',
        'The board took the command, the boom did not get there',
      ),
      refused: t('继电器板拒绝了命令', 'The board refused the command'),
      blocked: t(
        '杆下有车或地感状态不明,没有降下',
        'A car is below the boom or its loop is not known: it was not lowered',
      ),
      fault: t('道闸报告故障', 'The barrier reports a fault'),
      shown: t('显示屏确认显示了这些字', 'The display acknowledged these words'),
      notShown: t('显示屏没有接受', 'The display did not take it'),
      picture: t('收到照片', 'A picture came'),
      plateOnly: t('收到车牌,没有照片', 'A plate came, without a picture'),
      printed: t('打印机说打完了', 'The printer says that it printed'),
      notPrinted: t('打印机没有打出来', 'The printer did not print'),
      scanned: t('扫到一个码', 'A code was read'),
      notScanned: t('没有扫到完整的码', 'No whole code was read'),
      gateway: t('网关认得这个商户号和密钥', 'The gateway knows this merchant and this key'),
      notGateway: t('网关没有给出可信的回答', 'The gateway gave no answer that can be believed'),
      believed: t(
        '平台认得这个渠道号和密钥,回答可信',
        'The platform knows this channel and this key, and its answer is signed',
      ),
      notBelieved: t('平台没有给出可信的回答', 'The platform gave no answer that can be believed'),
      silent: t('没有等到回答', 'No answer came'),
      stopped: t('测试已停止', 'The test was stopped'),
    },
    step: {
      reached: t('已连上', 'connected'),
      listening: t('在听', 'listening at'),
      commanded: t('发出命令', 'commanded'),
      answered: t('设备回答', 'the device answered'),
      position: t('到位输入', 'position input:'),
      blocked: t('不能降下', 'not lowered:'),
      fault: t('故障', 'fault:'),
      shown: t('屏上', 'on the display:'),
      read: t('车牌', 'plate'),
      printed: t('打印机回答', 'the printer answered'),
      scanned: t('扫码器读到', 'the scanner read'),
      gateway: t('询问网关', 'question to the gateway'),
      asked: t('询问平台', 'question to the platform'),
      down: t('没有连上', 'not connected:'),
      refused: t('收到的不是这台相机的照片', 'what came is no picture of this camera:'),
    },
    position: {
      unknown: t('不明', 'unknown'),
      closed: t('落下', 'down'),
      opening: t('正在升起', 'going up'),
      open: t('升起', 'up'),
      closing: t('正在落下', 'going down'),
      stopped: t('停住', 'stopped'),
      heldOpen: t('保持升起', 'held up'),
      fault: t('故障', 'fault'),
    },
    why: {
      paperOut: t('没有纸', 'no paper'),
      coverOpen: t('盖子开着', 'its cover is open'),
      offline: t('打印机脱机', 'it is offline'),
      error: t('打印机有故障', 'it has a fault'),
      silent: t('没有回答', 'no answer'),
      unanswered: t('没有说打完了没有', 'it did not say whether it printed'),
      half: t('只读到一半', 'half a code'),
      tooLong: t('太长,不是码', 'too long for a code'),
      notText: t('不是文字', 'no text'),
      unsigned: t('回答没有签名', 'the answer is not signed'),
      unknownKey: t('回答用了别的密钥', 'the answer is signed with another key'),
      otherRequest: t('回答的是别的请求', 'the answer is to another request'),
      wrongSignature: t(
        '签名不对:密钥不是同一把',
        'the signature does not hold: it is not the same key',
      ),
      badSignature: t('回答的签名不对', 'the signature of the answer does not hold'),
      unknownCertificate: t(
        '回答用了别的平台证书:不在证书文件夹里',
        'signed with a platform certificate that is not in the folder',
      ),
      outsideWindow: t(
        '时间相差太多:先对电脑时钟',
        'the clocks are too far apart: set the clock first',
      ),
      certificateExpired: t('平台证书过期了', 'the platform certificate has expired'),
      certificateNotYetValid: t(
        '平台证书还没有生效',
        'the platform certificate is not in force yet',
      ),
      notAccount: t('平台不认这个渠道号', 'the platform does not know this channel number'),
      notCertificate: t('平台不认这张证书', 'the platform does not take this certificate'),
      notSignature: t(
        '平台不认这把密钥的签名',
        'the platform does not take the signature of this key',
      ),
      notTime: t('时间相差太多:先对电脑时钟', 'the clocks are too far apart: set the clock first'),
      wrongTime: t('时间相差太多:先对电脑时钟', 'the times differ too much: set the clock first'),
      otherShape: t('回答的内容不是这种网关的', 'this is no answer of such a gateway'),
      UNAUTHORIZED: t('网关不认这个商户号或密钥', 'the gateway does not know this merchant or key'),
    },
    after: t('{s} 秒', '{s} s'),
    photo: t('测试照片', 'Picture of the test'),
  },
}
