import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Tests that start programs take longest, whatever the size of their files: begun first, none is left alone at the end. */
class ProgramsFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const startsPrograms = ({ moduleId }: TestSpecification) => /\/test\/(?:cli|flows)\//.test(moduleId)
    const sorted = await super.sort(files)
    return [...sorted.filter(startsPrograms), ...sorted.filter((file) => !startsPrograms(file))]
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    testTimeout: 60_000,
    hookTimeout: 30_000,
    // What is waited for comes at once, but not on a machine that has much else to do.
    expect: { poll: { timeout: 20_000 } },
    // By itself Vitest leaves a core free: half the machine where there are two.
    maxWorkers: '100%',
    // A process for each file takes longer to start than most files take. What modules keep between files is what pure
    // functions gave; the environment, which tests change, is given back.
    isolate: false,
    unstubEnvs: true,
    sequence: { sequencer: ProgramsFirst },
    // Tests ask servers on this machine, whatever proxy is between it and the world.
    env: { HTTP_PROXY: '', HTTPS_PROXY: '', http_proxy: '', https_proxy: '' },
  },
})
