// The pages of the centre: served by its desk, opened in a browser. Chinese by default.
import { createApp } from 'vue'
import App from './shell/App.vue'
import { startLooks } from './shell/looks.ts'
import { i18n } from './i18n.ts'
import '#renderer/styles/tokens.css'
import '#renderer/styles/base.css'
import '#renderer/styles/layout.css'
import './page.css'

startLooks()
createApp(App).use(i18n).mount('#app')
