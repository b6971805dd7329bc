import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    testTimeout: 60_000,
    hookTimeout: 30_000,
    // By itself Vitest leaves a core free: half the machine where there are two.
    maxWorkers: '100%',
    // What is waited for comes at once, but not on a machine that has much else to do.
    expect: { poll: { timeout: 20_000 } },
    // Tests ask servers on this machine, whatever proxy is between it and the world.
    env: { HTTP_PROXY: '', HTTPS_PROXY: '', http_proxy: '', https_proxy: '' },
  },
})
