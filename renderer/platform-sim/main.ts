// The administration page of the platform simulator: served by the simulator, opened in a browser, a program separate
// from the window. Chinese by default.
import { createApp } from 'vue'
import PlatformPage from './PlatformPage.vue'
import '../styles/tokens.css'
import './page.css'

createApp(PlatformPage).mount('#app')
