using System.Collections.Immutable;
using System.Reflection;
using System.Text;
using AppStack.Engine.Backend;
using AppStack.Engine.Diagnostics;
using AppStack.Engine.Events;
using AppStack.Engine.Execution;
using AppStack.Engine.Imports;
using AppStack.Engine.Journal;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Projects;
using AppStack.Engine.Secrets;
using AppStack.Engine.State;

namespace AppStack.Engine.Operations;

/// <summary>One stack: its operations, its state and its configuration. Methods throw <see cref="StackException"/> for what cannot be done.</summary>
public sealed partial class StackManager : IStackOperations
{
    /// <summary>What this engine calls itself in the states that it writes.</summary>
    internal static readonly string EngineVersion =
        "v" + (typeof(StackManager).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0") + "+appstack";

    private readonly Workspace _workspace;
    private readonly SecretMasker _masker = new();
    private readonly string _settingsPath;
    private readonly PassphraseChange _passphraseChange;

    internal StackManager(Workspace workspace, string name)
    {
        _workspace = workspace;
        Name = name;
        _settingsPath = workspace.Project.StackFile(name);
        _passphraseChange = new PassphraseChange(Files, _settingsPath);
        Store = new StateStore(Files, workspace.Layout, name);
    }

    /// <summary>The stack's name.</summary>
    public string Name { get; }

    /// <summary>Whether the backend has it.</summary>
    public bool Exists => Store.Exists;

    private StateStore Store { get; }

    private IStateFiles Files => _workspace.Options.Files;

    private TimeProvider Time => _workspace.Options.Time;

    private Action<string> Notice => _workspace.Options.Notice ?? (_ => { });

    private StateCompression Compression => StateCompression.Of(_workspace.Options.Environment);

    /// <summary>A text with all secrets that this process has met replaced.</summary>
    public string Mask(string text) => _masker.Apply(text);

    /// <inheritdoc/>
    public Task<OperationResult> PreviewAsync(Func<Task<int>> program, OperationOptions options, Action<EngineEvent> events, CancellationToken cancellationToken) =>
        RunAsync(new Operation("update", IsPreview: true, program, Destroys: false), options, events, cancellationToken);

    /// <inheritdoc/>
    public Task<OperationResult> UpAsync(Func<Task<int>> program, OperationOptions options, Action<EngineEvent> events, CancellationToken cancellationToken) =>
        RunAsync(new Operation("update", IsPreview: false, program, Destroys: false), options, events, cancellationToken);

    /// <inheritdoc/>
    public Task<OperationResult> RefreshAsync(OperationOptions options, bool preview, Action<EngineEvent> events, CancellationToken cancellationToken) =>
        RunAsync(new Operation("refresh", preview, Program: null, Destroys: false), options with { Refresh = true }, events, cancellationToken);

    /// <inheritdoc/>
    public Task<OperationResult> DestroyAsync(OperationOptions options, bool preview, Action<EngineEvent> events, CancellationToken cancellationToken) =>
        RunAsync(new Operation("destroy", preview, Program: null, Destroys: true), options, events, cancellationToken);

    /// <inheritdoc/>
    public Task<OperationResult> ImportAsync(
        ImportFile file, bool protect, OperationOptions options, bool preview, Action<EngineEvent> events, CancellationToken cancellationToken) =>
        RunAsync(new Operation("resource-import", preview, Program: null, Destroys: false) { Import = file, Protect = protect }, options, events, cancellationToken);

    internal void Initialise() => Store.Write(snapshot: null, SealedCodec.Instance, Compression);

    /// <summary>Takes the stack's lock, and settles a change of the passphrase that died.</summary>
    internal StackLock Lock()
    {
        var held = StackLock.Take(Files, _workspace.Layout.Locks(Name), Name, _workspace.Options.NewId(), _workspace.Options.Processes, Time, Notice);
        if (_passphraseChange.IsInterrupted)
        {
            Notice(
                _passphraseChange.Settle(Store.ReadCheckpointBytes())
                    ? $"A change of the passphrase of '{Name}' was interrupted after the state was encrypted. It is complete now: the new passphrase holds."
                    : $"A change of the passphrase of '{Name}' was interrupted before the state was encrypted. It was not made: the old passphrase holds.");
        }

        return held;
    }

    private async Task<OperationResult> RunAsync(Operation operation, OperationOptions options, Action<EngineEvent> sink, CancellationToken cancellationToken)
    {
        var started = Time.GetUtcNow();
        var stopwatch = Time.GetTimestamp();
        using var held = operation.IsPreview ? null : Lock();
        var events = new EventStream(sink, Time, _masker);
        var settings = ReadSettings();
        var checkpoint = Store.ReadCheckpointBytes();
        if (checkpoint is null && operation.Program is null)
        {
            throw new StackException($"There is no stack '{Name}'.");
        }

        var secrets = OpenSecrets(settings, checkpoint);
        options = options with { Refresh = options.Refresh ?? _workspace.Project.AlwaysRefreshes };
        if (settings.Config.Values.Any(value => value.HasSecrets) || CheckpointFormat.HasSecrets(checkpoint))
        {
            secrets.Prefetch();
        }

        if (checkpoint is null && !operation.IsPreview)
        {
            // A new stack beside settings of an older one: otherwise the first secret would find out, in the middle of the run.
            secrets.RequireRightPassphrase();
            Initialise();
            checkpoint = Store.ReadCheckpointBytes();
        }

        var loaded = Recover(secrets.Codec, checkpoint, operation.IsPreview);
        var snapshot = loaded.Snapshot ?? Snapshot.Empty;
        RequireIntegrity(snapshot);
        if (options.SettlesPendingCreates)
        {
            // A decision of whoever runs this, and written as such before anything else happens.
            snapshot = PendingCreates.Settle(snapshot, options);
            loaded = operation.IsPreview ? loaded : loaded with { Hash = Store.Write(Described(snapshot, salt: null), secrets.Codec, Compression) };
        }

        var config = EffectiveConfig(settings);
        RequireDeclared(config, secrets);
        var imports = operation.Import is { } file ? new ImportPlanner(Name, _workspace.Project.Name, snapshot, file).Plan() : [];
        var plan = ReadPlan(options.Plan, secrets.Codec);
        events.Send(new EngineEvent.Prelude(ConfigReader.ForDisplay(config)));

        IJournal journal = operation.IsPreview
            ? new MemoryJournal()
            : new FileJournal(
                Files, _workspace.Layout.Journal(Name), new JournalHeader(JournalHeader.CurrentFormat, loaded.Hash, operation.Kind, Timestamps.Format(started)), secrets.Codec);
        bool succeeded;
        bool stopped;
        ImmutableArray<ResourceState> imported = [];
        Snapshot result;
        await using (journal)
        {
            var values = OpenConfig(config, secrets);
            var deployment = new Deployment(
                new DeploymentSettings
                {
                    Project = _workspace.Project.Name,
                    Stack = Name,
                    Preview = operation.IsPreview,
                    Options = options,
                    Plan = plan,
                    ProviderConfig = ProviderConfig(values),
                    Providers = _workspace.Options.Providers,
                    Time = Time,
                    NewId = _workspace.Options.NewId,
                },
                snapshot,
                journal,
                events,
                _masker,
                name => _workspace.ReadOutputsAsync(name, cancellationToken));
            await using (deployment)
            {
                await using var stop = cancellationToken.Register(deployment.Stop);
                if (operation.Import is not null)
                {
                    deployment.ReportPendingOperations(hasProgram: false);
                    imported = await deployment.ImportAsync(imports, operation.Protect);
                }
                else
                {
                    await CarryOutAsync(deployment, operation, options, values);
                }

                CheckExpectations(operation, options, events);
                if (options.SavePlan is { } path && deployment.Succeeded)
                {
                    SavePlan(path, deployment.Plans, config, secrets.Codec);
                }

                (succeeded, stopped) = (deployment.Succeeded, deployment.Stopped);
            }

            if (!operation.IsPreview)
            {
                try
                {
                    await journal.CompleteAsync();
                }
                catch (IOException exception)
                {
                    // The checkpoint below may still be written; if not, this is what was wrong first.
                    events.Error(exception.Message);
                    succeeded = false;
                }
            }

            result = SnapshotReducer.Fold(snapshot, journal.Entries);
        }

        if (!operation.IsPreview)
        {
            succeeded &= Save(result, secrets, events);
            AddHistory(operation, options, config, events, started, succeeded);
        }

        var duration = Time.GetElapsedTime(stopwatch);
        events.Send(new EngineEvent.Summary(operation.IsPreview, duration, events.Changes));
        return new OperationResult
        {
            Succeeded = succeeded && !events.HasErrors,
            Cancelled = stopped,
            Changes = events.Changes,
            Duration = duration,
            Imported = imported,
            Pending = operation.IsPreview
                ? [.. snapshot.PendingOperations.Select(pending => pending.Resource.Urn)]
                : [.. result.PendingOperations.Select(pending => pending.Resource.Urn)],
        };
    }

    private static void CheckExpectations(Operation operation, OperationOptions options, EventStream events)
    {
        if (options.ExpectNoChanges && events.Changes.Where(change => change.Key is not (StepKind.Same or StepKind.Read)).Sum(change => change.Value) is > 0 and var count)
        {
            events.Error($"No changes were expected, but {(operation.IsPreview ? "there would be" : "there were")} {count}.");
        }
    }

    private async Task CarryOutAsync(Deployment deployment, Operation operation, OperationOptions options, ImmutableSortedDictionary<string, ConfigValue> config)
    {
        deployment.ReportPendingOperations(operation.Program is not null);
        if (options.Refresh == true)
        {
            await deployment.RefreshAsync();
            if (!deployment.Succeeded && operation.Kind != "refresh")
            {
                // What to change, and what may be deleted, would be decided by a state of which nobody knows whether it is true.
                deployment.TellNothingElseIsDone();
                return;
            }
        }

        if (operation.Destroys)
        {
            await deployment.DestroyAsync();
        }

        if (operation.Program is not { } program)
        {
            return;
        }

        var context = new ProgramContext
        {
            Project = _workspace.Project.Name,
            Stack = Name,
            RootDirectory = _workspace.Project.Directory,
            IsPreview = operation.IsPreview,
            Parallel = options.Parallel,
            Config = config.ToImmutableSortedDictionary(entry => entry.Key, entry => entry.Value.Text, StringComparer.Ordinal),
            SecretKeys = config.Where(entry => entry.Value.Secret).Select(entry => entry.Key).ToImmutableSortedSet(StringComparer.Ordinal),
        };
        var host = _workspace.Options.Host ?? new SdkProgramHost();
        await deployment.FinishAsync(await host.RunAsync(program, context, deployment, options.Abort));
    }

    /// <summary>Reads the state; a run that died is completed from its journal, and written, before anything else happens.</summary>
    private StateStore.Loaded Recover(ISecretCodec codec, byte[]? checkpoint, bool readOnly)
    {
        var loaded = Store.Load(codec, checkpoint) ?? new StateStore.Loaded(Snapshot: null, "", StateStore.Recovered.Nothing, [], "");
        switch (loaded.Recovered)
        {
            case StateStore.Recovered.Leftover when !readOnly:
                Store.DeleteJournal();
                break;
            case StateStore.Recovered.Folded:
                var pending = loaded.Snapshot!.PendingOperations.Length;
                Notice(
                    $"An operation on '{Name}' that started {loaded.Started} was killed. Its journal is complete up to that moment"
                    + (pending == 0 ? "." : $"; {pending} operations were under way."));
                if (!readOnly)
                {
                    // Whatever secrets the journal has, the state says under which salt.
                    return loaded with { Hash = Store.Write(Described(loaded.Snapshot!, salt: null), codec, Compression), Recovered = StateStore.Recovered.Nothing };
                }

                break;
            case StateStore.Recovered.Orphan:
                Notice(
                    $"The journal of an operation on '{Name}' that was killed (started {loaded.Started}) does not belong to the state that is here now: somebody changed the state since. "
                    + (readOnly ? "" : $"It is kept as {Store.SetJournalAside(Time)}. ")
                    + "Resources that the operation made may be missing in the state.");
                break;
        }

        return loaded;
    }

    private bool Save(Snapshot result, StackSecrets secrets, EventStream events)
    {
        var snapshot = Described(result, secrets.Salt);
        try
        {
            Store.Write(snapshot, secrets.Codec, Compression);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            events.Error(
                $"The state could not be written: {exception.Message.TrimEnd('.')}. Nothing is forgotten: the journal next to it holds what was done, and what it has no end of counts as pending. Make room, or repair the folder, and run the command again.");
            return false;
        }

        // Facts are never thrown away, so a bad state was written all the same; but it must be known.
        var problems = SnapshotIntegrity.Verify(snapshot);
        foreach (var problem in problems)
        {
            events.Error($"The state that was written is not consistent: {problem}. This is an error in the engine; keep the history of this stack.");
        }

        return problems.Length == 0;
    }

    private Snapshot Described(Snapshot snapshot, string? salt) => snapshot with
    {
        Time = Timestamps.Format(Time.GetUtcNow()),
        Version = EngineVersion,
        Magic = CheckpointFormat.Magic(EngineVersion),
        SecretsProvider = salt is null ? snapshot.SecretsProvider : "passphrase",
        EncryptionSalt = salt ?? snapshot.EncryptionSalt,
    };

    private void AddHistory(
        Operation operation, OperationOptions options, ImmutableSortedDictionary<string, ConfigNode> config, EventStream events, DateTimeOffset started, bool succeeded)
    {
        var entry = new HistoryEntry
        {
            Kind = operation.Kind,
            Started = started,
            Ended = Time.GetUtcNow(),
            Message = Mask(options.Message),
            Result = succeeded && !events.HasErrors ? "succeeded" : "failed",
            Config = ConfigReader.ForHistory(config),
            Environment = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal)
                .Add("exec.agent", EngineVersion)
                .Add("exec.kind", "cli"),
            ResourceChanges = events.Changes.ToImmutableSortedDictionary(change => change.Key.Name(), change => change.Value, StringComparer.Ordinal),
        };
        try
        {
            new HistoryStore(Files, _workspace.Layout, Name).Add(
                entry, Time, backups: _workspace.Options.Environment("PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS") is not ("1" or "true"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            events.Warn($"The history entry could not be written: {exception.Message}");
        }
    }

    private void RequireIntegrity(Snapshot snapshot)
    {
        var problems = SnapshotIntegrity.Verify(snapshot);
        if (problems.Length > 0)
        {
            throw new StateFormatException(
                $"The state of '{Name}' is not consistent: {string.Join("; ", problems)}. Put the previous state ({_workspace.Layout.CheckpointBackup(Name)}) in its place, or repair an export and import it.");
        }
    }

    private StackSettings ReadSettings() =>
        StackSettings.Read(_passphraseChange.IsInterrupted ? _passphraseChange.ReadSettings(Store.ReadCheckpointBytes()) : _passphraseChange.ReadSettings(), _settingsPath);

    private StackSecrets OpenSecrets(StackSettings settings, ReadOnlySpan<byte> checkpoint) => new(
        Files,
        _settingsPath,
        Name,
        _workspace.Options.Passphrase(Name),
        settings.EncryptionSalt,
        CheckpointFormat.FindSalt(checkpoint),
        _masker);

    private ImmutableSortedDictionary<string, ConfigNode> EffectiveConfig(StackSettings settings) =>
        _workspace.Project.Defaults.SetItems(settings.Config.Select(entry => new KeyValuePair<string, ConfigNode>(NormalKey(entry.Key), entry.Value)));

    // What the project says of its configuration, before anything is done with it.
    private void RequireDeclared(ImmutableSortedDictionary<string, ConfigNode> config, StackSecrets secrets)
    {
        var problems = ConfigDeclaration.Problems(_workspace.Project.Declarations, Name, config, secrets.Decrypt);
        if (problems.Length > 0)
        {
            throw new StackException(string.Join('\n', problems));
        }
    }

    // Files of old wrote `project:config:key`.
    private static string NormalKey(string key) => key.Split(':') is [var name, "config", var rest] ? $"{name}:{rest}" : key;

    private ImmutableSortedDictionary<string, ConfigValue> OpenConfig(ImmutableSortedDictionary<string, ConfigNode> config, StackSecrets secrets)
    {
        var values = config.ToImmutableSortedDictionary(
            entry => entry.Key, entry => ConfigReader.Open(entry.Value, ciphertext => Decrypt(ciphertext, entry.Key)), StringComparer.Ordinal);
        foreach (var value in values.Values)
        {
            if (value is { Secret: true, IsObject: false })
            {
                _masker.Learn(value.Text);
            }
        }

        return values;

        string Decrypt(string ciphertext, string name)
        {
            var text = secrets.Decrypt(ciphertext, name);
            _masker.Learn(text);
            return text;
        }
    }

    private ImmutableDictionary<string, PropertyMap> ProviderConfig(ImmutableSortedDictionary<string, ConfigValue> config)
    {
        var result = ImmutableDictionary.CreateBuilder<string, PropertyMap>(StringComparer.Ordinal);
        foreach (var (key, value) in config)
        {
            var parts = key.Split(':', 2);
            if (parts is [var package, var name] && package != _workspace.Project.Name && _workspace.Options.Providers.Any(provider => provider.Package == package))
            {
                var property = PropertyValue.Of(value.Text);
                result[package] = result.GetValueOrDefault(package, PropertyMap.Empty).With(name, value.Secret ? property.AsSecret() : property);
            }
        }

        return result.ToImmutable();
    }

    private sealed record Operation(string Kind, bool IsPreview, Func<Task<int>>? Program, bool Destroys)
    {
        public ImportFile? Import { get; init; }

        public bool Protect { get; init; }
    }
}
