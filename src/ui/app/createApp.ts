// Composition of the page's state: makes each class once and passes each what it depends on.
import type { AudioHost, RenderClient } from '../../audio/types.ts';
import type { Preset } from '../../formats/preset.ts';
import { onAllDataDeleted } from '../../storage/deleteAllData.ts';
import type { AppStorage } from '../../storage/openStorage.ts';
import type { Draft } from '../../storage/types.ts';
import { SceneEditor } from '../features/editor/sceneEditor.svelte.ts';
import { Variations } from '../features/editor/variations.svelte.ts';
import { ImportQueue } from '../features/import/importQueue.svelte.ts';
import { ReceivedPresets } from '../features/import/receivedPresets.ts';
import { CurrentPreset } from '../features/library/currentPreset.svelte.ts';
import { LibraryFilter } from '../features/library/libraryFilter.svelte.ts';
import { SavedPresets } from '../features/library/savedPresets.svelte.ts';
import { Thumbnails } from '../features/library/thumbnails.svelte.ts';
import { UnsavedDrafts } from '../features/library/unsavedDrafts.svelte.ts';
import { Night } from '../features/night/night.svelte.ts';
import { Player } from '../features/player/player.svelte.ts';
import { Practice } from '../features/practice/practice.svelte.ts';
import type { Settings } from '../features/settings/settings.svelte.ts';
import { Sharing } from '../features/share/sharing.ts';
import { Announcer } from './announcer.svelte.ts';
import { AppState } from './appState.svelte.ts';
import type { AppContext } from './context.ts';
import { Toasts } from './toasts.svelte.ts';
import { Viewport } from './viewport.svelte.ts';

/** What the page's state is made from. */
export interface AppOptions {
  readonly host: AudioHost;
  readonly renderer: RenderClient;
  readonly storage: AppStorage;
  /** Loaded. */
  readonly settings: Settings;
  /** The preset that is open at first. */
  readonly first: Preset;
  /** The draft that was open when the page was left. */
  readonly draft?: Draft | null;
  /** Clock in milliseconds, for merging key repeats into one undo step. */
  readonly now?: () => number;
}

/**
 * Makes the page's state.
 * @param options - platform services, stores and what is open at first
 * @returns the app context; presets and practice entries are still to be loaded
 */
export function createApp({ host, renderer, storage, settings, ...first }: AppOptions): AppContext {
  const { database, health } = storage;
  const appState = new AppState();
  const toasts = new Toasts();
  const announcer = new Announcer();
  const editor = new SceneEditor({ drafts: storage.drafts, announcer, ...first });
  const player = new Player({ host, renderer, settings, editor, toasts, announcer });
  const variations = new Variations({ editor, player, toasts, announcer });
  const savedPresets = new SavedPresets({ store: storage.presets, health, settings, toasts });
  const drafts = new UnsavedDrafts(settings);
  const currentPreset = new CurrentPreset({ editor, savedPresets, drafts, toasts });
  const night = new Night({ host, settings, editor, player, savedPresets, currentPreset, appState, toasts });
  editor.subscribe((change) => {
    if (change === 'open') appState.libraryOpen = false;
  });
  onAllDataDeleted(database, () => {
    player.stop();
    appState.allDataDeleted = true;
  });
  return {
    appState,
    toasts,
    announcer,
    viewport: new Viewport(),
    settings,
    host,
    renderer,
    database,
    editor,
    variations,
    player,
    savedPresets,
    libraryFilter: new LibraryFilter(savedPresets),
    currentPreset,
    thumbnails: new Thumbnails(renderer),
    importQueue: new ImportQueue(appState, player),
    receivedPresets: new ReceivedPresets({ savedPresets, currentPreset, editor, player, toasts }),
    sharing: new Sharing({ appState, editor, currentPreset, savedPresets }),
    night,
    practice: new Practice({
      host,
      settings,
      editor,
      player,
      savedPresets,
      night,
      toasts,
      store: storage.practice,
      health,
    }),
  };
}
