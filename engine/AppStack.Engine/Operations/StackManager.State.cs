using System.Collections.Immutable;
using System.Text;
using AppStack.Engine.Backend;
using AppStack.Engine.Diagnostics;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Secrets;
using AppStack.Engine.State;

namespace AppStack.Engine.Operations;

/// <content>State: reading, moving and repairing it.</content>
public sealed partial class StackManager
{
    /// <summary>The outputs of the stack as of its last run; secrets are marked.</summary>
    public async Task<PropertyMap> GetOutputsAsync(CancellationToken cancellationToken = default) =>
        (await ReadSnapshotAsync(cancellationToken)).Resources.FirstOrDefault(state => state.Type == Urns.StackType)?.Outputs ?? PropertyMap.Empty;

    /// <summary>The state, including what a killed run had got to; secrets are marked.</summary>
    public Task<Snapshot> ReadSnapshotAsync(CancellationToken cancellationToken = default)
    {
        var checkpoint = RequireCheckpoint();
        return Task.FromResult(Store.Load(OpenSecrets(ReadSettings(), checkpoint).Codec, checkpoint)?.Snapshot ?? Snapshot.Empty);
    }

    /// <summary>The state with its secrets still encrypted: for whoever needs to know what there is, and not its values. Needs no passphrase.</summary>
    public Task<Snapshot> ReadSealedSnapshotAsync(CancellationToken cancellationToken = default) =>
        Task.FromResult(Store.Load(SealedCodec.Instance, RequireCheckpoint())?.Snapshot ?? Snapshot.Empty);

    /// <summary>The state as JSON text in the form of <c>pulumi stack export</c>, including what a killed run had got to.</summary>
    /// <param name="showSecrets">Whether to write secrets in clear; otherwise no passphrase is needed.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<string> ExportAsync(bool showSecrets, CancellationToken cancellationToken = default)
    {
        var checkpoint = RequireCheckpoint();
        ISecretCodec reader = showSecrets ? OpenSecrets(ReadSettings(), checkpoint).Codec : SealedCodec.Instance;
        var snapshot = Store.Load(reader, checkpoint)?.Snapshot ?? Described(Snapshot.Empty, salt: null);
        return Task.FromResult(CheckpointFormat.WriteExport(snapshot, showSecrets ? PlaintextCodec.Instance : SealedCodec.Instance));
    }

    /// <summary>Replaces the state by an export.</summary>
    /// <param name="json">The export.</param>
    /// <param name="force">Whether to take one of another stack or project, or one that is not consistent.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task ImportStateAsync(string json, bool force, CancellationToken cancellationToken = default)
    {
        using var held = Lock();
        var bytes = Encoding.UTF8.GetBytes(json);
        var settings = ReadSettings();
        var secrets = OpenSecrets(settings, bytes);
        var snapshot = CheckpointFormat.Read(bytes, "The import", secrets.Codec) ?? Snapshot.Empty;
        if (!force)
        {
            var foreign = snapshot.Resources.Where(state => Urns.Stack(state.Urn) != Name || Urns.Project(state.Urn) != _workspace.Project.Name).Select(state => state.Urn).ToArray();
            if (foreign.Length > 0)
            {
                throw new StackException($"The import is of another stack: {foreign[0]} and {foreign.Length - 1} more do not belong to '{Name}' of '{_workspace.Project.Name}'. Use --force to take it all the same.");
            }

            RequireIntegrity(snapshot);
        }

        if (Store.Exists)
        {
            // A journal belongs to the state that is thrown away.
            Store.DeleteJournal();
        }

        Store.Write(Described(snapshot, CheckpointFormat.HasSecrets(bytes) ? secrets.Salt : settings.EncryptionSalt), secrets.Codec, Compression);
        AddNote("import");
        return Task.CompletedTask;
    }

    /// <summary>The operations on this stack, newest first.</summary>
    public ImmutableArray<HistoryEntry> History() => new HistoryStore(Files, _workspace.Layout, Name).Read();

    /// <summary>Who holds the stack's lock.</summary>
    public ImmutableArray<LockOwner> LockOwners() => StackLock.Owners(Files, _workspace.Layout.Locks(Name));

    /// <summary>Removes the stack's locks, whoever holds them. An operation that still runs is not stopped by this.</summary>
    public void Cancel()
    {
        foreach (var owner in LockOwners())
        {
            Files.Delete(owner.Path);
        }
    }

    /// <summary>Forgets a resource; nothing happens to what exists. A pending operation on it is forgotten, too.</summary>
    /// <param name="urn">The resource.</param>
    /// <param name="force">Whether to forget a protected one.</param>
    /// <param name="targetDependents">Whether to forget what depends on it, too.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task DeleteResourceAsync(string urn, bool force, bool targetDependents, CancellationToken cancellationToken = default)
    {
        Edit(snapshot =>
        {
            var gone = new HashSet<string>(StringComparer.Ordinal) { urn };
            var left = ImmutableArray.CreateBuilder<ResourceState>();
            var found = snapshot.PendingOperations.Any(operation => operation.Resource.Urn == urn);
            foreach (var state in snapshot.Resources)
            {
                var depends = state.Urn != urn && References.Of(state).Any(gone.Contains);
                if (depends && !targetDependents)
                {
                    throw new StackException($"{state.Urn} depends on {urn}. Delete it first, or use --target-dependents.");
                }

                if (state.Urn != urn && !depends)
                {
                    left.Add(state);
                    continue;
                }

                found = true;
                gone.Add(state.Urn);
                if (state.Protect && !force)
                {
                    throw new StackException($"{state.Urn} is protected. Run `appstack state unprotect` first, or use --force.");
                }
            }

            return found
                ? snapshot with
                {
                    Resources = left.ToImmutable(),
                    PendingOperations = [.. snapshot.PendingOperations.Where(operation => !gone.Contains(operation.Resource.Urn))],
                }
                : throw NotThere(urn);
        });
        return Task.CompletedTask;
    }

    /// <summary>Gives a resource another name in state, and rewrites what refers to it. The program has to be changed likewise.</summary>
    public Task RenameResourceAsync(string urn, string newName, CancellationToken cancellationToken = default)
    {
        Edit(snapshot =>
        {
            if (!snapshot.Resources.Any(state => state.Urn == urn))
            {
                throw NotThere(urn);
            }

            var renamed = Urns.Compose(Urns.Stack(urn), Urns.Project(urn), Urns.QualifiedType(urn), newName);
            if (snapshot.Resources.Any(state => state.Urn == renamed))
            {
                throw new StackException($"There is a resource {renamed} already.");
            }

            var map = new Dictionary<string, string>(StringComparer.Ordinal) { [urn] = renamed };
            return snapshot with
            {
                Resources = [.. snapshot.Resources.Select(state => References.Rename(state.Urn == urn ? state with { Urn = renamed } : state, map))],
            };
        });
        return Task.CompletedTask;
    }

    /// <summary>Takes the protection off a resource, or off all.</summary>
    /// <param name="urn">The resource; <see langword="null"/> for all.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task UnprotectAsync(string? urn, CancellationToken cancellationToken = default)
    {
        Edit(snapshot =>
        {
            if (urn is not null && !snapshot.Resources.Any(state => state.Urn == urn))
            {
                throw NotThere(urn);
            }

            return snapshot with
            {
                Resources = [.. snapshot.Resources.Select(state => urn is null || state.Urn == urn ? state with { Protect = false } : state)],
            };
        });
        return Task.CompletedTask;
    }

    internal Task MoveToAsync(StackManager renamed, CancellationToken cancellationToken)
    {
        var checkpoint = RequireCheckpoint();
        var loaded = Recover(SealedCodec.Instance, checkpoint, readOnly: false);
        var moved = loaded.Snapshot is { } snapshot ? Restacked(snapshot, renamed.Name) : null;
        renamed.Store.Write(moved is null ? null : Described(moved, salt: null), SealedCodec.Instance, Compression);
        if (Files.Exists(_settingsPath))
        {
            Files.Move(_settingsPath, renamed._settingsPath);
        }

        var layout = _workspace.Layout;
        foreach (var path in Files.Files(layout.History(Name)))
        {
            Files.Move(path, Path.Combine(layout.History(renamed.Name), renamed.Name + Path.GetFileName(path)[Name.Length..]));
        }

        if (Files.Exists(layout.Tags(Name)))
        {
            Files.Move(layout.Tags(Name), layout.Tags(renamed.Name));
        }

        foreach (var path in layout.AllCheckpoints(Name))
        {
            Files.Delete(path);
        }

        Files.DeleteFolder(layout.History(Name));
        renamed.AddNote("rename");
        return Task.CompletedTask;
    }

    private static Snapshot Restacked(Snapshot snapshot, string stack)
    {
        var map = snapshot.Resources.Select(state => state.Urn)
            .Concat(snapshot.PendingOperations.Select(operation => operation.Resource.Urn))
            .SelectMany(urn => (IEnumerable<string>)[urn])
            .Distinct(StringComparer.Ordinal)
            .ToDictionary(urn => urn, New, StringComparer.Ordinal);
        return snapshot with
        {
            Resources = [.. snapshot.Resources.Select(Moved)],
            PendingOperations = [.. snapshot.PendingOperations.Select(operation => operation with { Resource = Moved(operation.Resource) })],
        };

        // The root resource is named after the stack.
        string New(string urn)
        {
            var project = Urns.Project(urn);
            var name = Urns.QualifiedType(urn) == Urns.StackType ? $"{project}-{stack}" : Urns.Name(urn);
            return Urns.Compose(stack, project, Urns.QualifiedType(urn), name);
        }

        ResourceState Moved(ResourceState state) => References.Rename(state with { Urn = map[state.Urn] }, map);
    }

    private static StackException NotThere(string urn) => new($"There is no resource {urn} in the state. `appstack stack export` lists what there is.");

    private byte[] RequireCheckpoint() => Store.ReadCheckpointBytes() ?? throw new StackException($"There is no stack '{Name}'.");

    // No edit needs the secrets, so none asks for a passphrase.
    private void Edit(Func<Snapshot, Snapshot> change)
    {
        using var held = Lock();
        var loaded = Recover(SealedCodec.Instance, RequireCheckpoint(), readOnly: false);
        var snapshot = change(loaded.Snapshot ?? Snapshot.Empty);
        RequireIntegrity(snapshot);
        Store.Write(Described(snapshot, salt: null), SealedCodec.Instance, Compression);
    }

    private void AddNote(string kind)
    {
        var now = Time.GetUtcNow();
        new HistoryStore(Files, _workspace.Layout, Name).Add(
            new HistoryEntry { Kind = kind, Started = now, Ended = now, Result = "succeeded" }, Time, backups: true);
    }
}
