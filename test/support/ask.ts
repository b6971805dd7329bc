// Asks for one address as a process of its own, so that its environment counts. Prints what came of it as JSON.

import { createHttp } from '../../src/sources/http.ts'

const http = createHttp({ tries: 1, timeout: 5000 })
try {
  const { body, url } = await http.get(process.argv[2] ?? '', '*/*')
  console.log(JSON.stringify({ body, url }))
} catch (error) {
  const { code, message } = error as { code?: string; message: string }
  console.log(JSON.stringify({ code, message }))
} finally {
  await http.close()
}
