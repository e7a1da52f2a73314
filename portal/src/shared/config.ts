// What the server says of itself to every page (/config.json).
export interface Config {
  corpora: string[];
  languages: string[];
  // Whether tickets are taken (the setting ticket-webhook).
  tickets: boolean;
}

export async function loadConfig(base = ''): Promise<Config> {
  const response = await fetch(`${base}/config.json`);
  if (!response.ok) throw new Error(`config.json: ${response.status}`);
  return {corpora: [], languages: [], tickets: false, ...await response.json()};
}
