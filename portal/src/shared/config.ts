// What the server says of itself to every page (/config.json).
export interface Config {
  corpora: string[];
  languages: string[];
  // Whether tickets are taken (the setting ticket-webhook).
  tickets: boolean;
  // The server did not say: it is starting, or cannot be reached.
  unavailable?: boolean;
}

export async function loadConfig(base = ''): Promise<Config> {
  const empty = {corpora: [], languages: [], tickets: false};
  try {
    const response = await fetch(`${base}/config.json`);
    return response.ok ? {...empty, ...await response.json()} : {...empty, unavailable: true};
  } catch {
    return {...empty, unavailable: true};
  }
}
