// App context: the state classes of the page, by type. Components take from it what they need; nothing is passed down as props.
import { createContext } from 'svelte';
import type { AudioHost, RenderClient } from '../../audio/types.ts';
import type { Database } from '../../storage/database.ts';
import type { SceneEditor } from '../features/editor/sceneEditor.svelte.ts';
import type { Variations } from '../features/editor/variations.svelte.ts';
import type { ImportQueue } from '../features/import/importQueue.svelte.ts';
import type { ReceivedPresets } from '../features/import/receivedPresets.ts';
import type { CurrentPreset } from '../features/library/currentPreset.svelte.ts';
import type { LibraryFilter } from '../features/library/libraryFilter.svelte.ts';
import type { SavedPresets } from '../features/library/savedPresets.svelte.ts';
import type { Thumbnails } from '../features/library/thumbnails.svelte.ts';
import type { Night } from '../features/night/night.svelte.ts';
import type { Player } from '../features/player/player.svelte.ts';
import type { Practice } from '../features/practice/practice.svelte.ts';
import type { Settings } from '../features/settings/settings.svelte.ts';
import type { Sharing } from '../features/share/sharing.ts';
import type { Announcer } from './announcer.svelte.ts';
import type { AppState } from './appState.svelte.ts';
import type { Toasts } from './toasts.svelte.ts';
import type { Viewport } from './viewport.svelte.ts';

/** Everything a component may need besides its props. One instance of each for the life of the page. */
export interface AppContext {
  readonly appState: AppState;
  readonly toasts: Toasts;
  readonly announcer: Announcer;
  readonly viewport: Viewport;
  readonly settings: Settings;
  readonly host: AudioHost;
  readonly renderer: RenderClient;
  readonly database: Database;
  readonly editor: SceneEditor;
  readonly variations: Variations;
  readonly player: Player;
  readonly savedPresets: SavedPresets;
  readonly libraryFilter: LibraryFilter;
  readonly currentPreset: CurrentPreset;
  readonly thumbnails: Thumbnails;
  readonly importQueue: ImportQueue;
  readonly receivedPresets: ReceivedPresets;
  readonly sharing: Sharing;
  readonly night: Night;
  readonly practice: Practice;
}

/** `getAppContext` is called while a component is created; `setAppContext` by the page's root component. */
export const [getAppContext, setAppContext] = createContext<AppContext>();
