using System.Collections.Immutable;
using System.Text.RegularExpressions;
using AppStack.Engine.Backend;
using AppStack.Engine.Diagnostics;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Projects;
using AppStack.Engine.Secrets;
using AppStack.Engine.State;

namespace AppStack.Engine.Operations;

/// <summary>One project and the backend that holds its stacks.</summary>
public sealed partial class Workspace
{
    private readonly WorkspaceOptions _options;

    /// <summary>Opens a project.</summary>
    /// <exception cref="StackException">There is no readable project, or the backend is not of a supported kind.</exception>
    public Workspace(WorkspaceOptions options)
    {
        _options = options;
        Project = ProjectFile.Read(Path.GetFullPath(options.ProjectDirectory));
        if (options.StackConfigDirectory is { } settings)
        {
            Project = Project with { StackConfigDir = Path.GetFullPath(settings) };
        }

        BackendDirectory = BackendFolder(options.BackendUrl ?? NonEmpty(options.Environment("PULUMI_BACKEND_URL")) ?? Project.BackendUrl);
        Layout = new BackendLayout(BackendDirectory, Project.Name);
    }

    /// <summary>What <c>Pulumi.yaml</c> says.</summary>
    public ProjectSettings Project { get; }

    /// <summary>The folder that holds <c>.pulumi</c>.</summary>
    public string BackendDirectory { get; }

    internal BackendLayout Layout { get; }

    internal WorkspaceOptions Options => _options;

    /// <summary>The project's stacks, by name.</summary>
    public ImmutableArray<StackSummary> ListStacks()
    {
        var summaries = ImmutableArray.CreateBuilder<StackSummary>();
        foreach (var name in StackNames())
        {
            var snapshot = new StateStore(_options.Files, Layout, name).Load(SealedCodec.Instance)?.Snapshot;
            summaries.Add(new StackSummary(
                name,
                snapshot is not null && DateTimeOffset.TryParse(snapshot.Time, System.Globalization.CultureInfo.InvariantCulture, out var time) ? time : null,
                snapshot?.Resources.Length,
                StackLock.Owners(_options.Files, Layout.Locks(name)).Length > 0));
        }

        return summaries.ToImmutable();
    }

    /// <summary>A stack of this project; it need not exist yet.</summary>
    public StackManager Stack(string name)
    {
        RequireName(name);
        return new StackManager(this, name);
    }

    /// <summary>Makes a stack without resources.</summary>
    public Task<StackManager> InitStackAsync(string name, CancellationToken cancellationToken = default)
    {
        var stack = Stack(name);
        if (stack.Exists)
        {
            throw new StackException($"The stack '{name}' exists already.");
        }

        stack.Initialise();
        return Task.FromResult(stack);
    }

    /// <summary>Removes a stack, its history and its settings.</summary>
    /// <param name="name">The stack.</param>
    /// <param name="force">Whether to forget resources that it still has.</param>
    /// <param name="preserveConfig">Whether to keep its settings file.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task RemoveStackAsync(string name, bool force, bool preserveConfig = false, CancellationToken cancellationToken = default)
    {
        var stack = Existing(name);
        using var held = stack.Lock();
        var left = new StateStore(_options.Files, Layout, name).Load(SealedCodec.Instance)?.Snapshot;
        if (!force && left is { Resources.Length: > 0 } or { PendingOperations.Length: > 0 })
        {
            throw new StackException(
                $"The stack '{name}' still has {left.Resources.Length} resources and {left.PendingOperations.Length} pending operations. Run `appstack destroy {name}` first, or use --force to forget them.");
        }

        var files = _options.Files;
        foreach (var path in (IEnumerable<string>)[.. Layout.AllCheckpoints(name), Layout.Journal(name), Layout.Tags(name)])
        {
            files.Delete(path);
        }

        files.DeleteFolder(Layout.History(name));
        if (!preserveConfig)
        {
            files.Delete(Project.StackFile(name));
            files.Delete(PassphraseChange.PendingFile(Project.StackFile(name)));
        }

        return Task.CompletedTask;
    }

    /// <summary>Gives a stack another name; URNs in its state change with it.</summary>
    public async Task<StackManager> RenameStackAsync(string name, string newName, CancellationToken cancellationToken = default)
    {
        var stack = Existing(name);
        var renamed = Stack(newName);
        if (renamed.Exists)
        {
            throw new StackException($"The stack '{newName}' exists already.");
        }

        using var held = stack.Lock();
        using var heldNew = renamed.Lock();
        await stack.MoveToAsync(renamed, cancellationToken);
        return renamed;
    }

    /// <summary>The outputs of a stack of this backend, for references to it.</summary>
    internal async Task<PropertyMap?> ReadOutputsAsync(string fullName, CancellationToken cancellationToken)
    {
        var (project, name) = fullName.Split('/') switch
        {
            [var only] => (Project.Name, only),
            ["organization", var inProject, var last] => (inProject, last),
            ["organization", var last] => (Project.Name, last),
            _ => throw new StackException($"'{fullName}' names no stack of a file backend: write `organization/PROJECT/STACK`, or `STACK` for one of this project."),
        };
        if (project == Project.Name)
        {
            var stack = Stack(name);
            return stack.Exists ? await stack.GetOutputsAsync(cancellationToken) : null;
        }

        var layout = Layout with { Project = project };
        var store = new StateStore(_options.Files, layout, name);
        if (store.ReadCheckpointBytes() is not { } bytes)
        {
            return null;
        }

        // Its secrets are under its own salt, which the state carries; the passphrase is the same for all stacks of a run.
        var masker = new SecretMasker();
        var passphrase = _options.Passphrase(name);
        var key = new Lazy<PassphraseKey>(() => PassphraseKey.Open(passphrase.Read(fullName), CheckpointFormat.FindSalt(bytes) ?? ""));
        PassphraseKey Key() => key.Value;
        var snapshot = store.Load(new PassphraseCodec(Key, Key, masker), bytes)?.Snapshot;
        return snapshot?.Resources.FirstOrDefault(state => state.Type == Urns.StackType)?.Outputs ?? PropertyMap.Empty;
    }

    private static string? NonEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static void RequireName(string name)
    {
        if (!NamePattern().IsMatch(name))
        {
            throw new StackException($"'{name}' cannot be the name of a stack: up to 100 letters, digits, '-', '_' and '.' are allowed.");
        }
    }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NamePattern();

    private StackManager Existing(string name)
    {
        var stack = Stack(name);
        return stack.Exists
            ? stack
            : throw new StackException($"There is no stack '{name}'. The project '{Project.Name}' has: {(StackNames() is { Count: > 0 } names ? string.Join(", ", names) : "none")}.");
    }

    private List<string> StackNames()
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var path in _options.Files.Files(Layout.Stacks))
        {
            var file = Path.GetFileName(path);
            foreach (var ending in StateCompression.All.Select(compression => ".json" + compression.Ending))
            {
                if (file.EndsWith(ending, StringComparison.Ordinal))
                {
                    names.Add(file[..^ending.Length]);
                }
            }
        }

        return [.. names];
    }

    private string BackendFolder(string? url)
    {
        if (url is null)
        {
            return Project.Directory;
        }

        if (!url.StartsWith("file://", StringComparison.Ordinal))
        {
            throw new StackException($"The backend '{url}' is not supported: the embedded engine keeps state in files (file:///path, or file://~ for the home folder). Other backends need the pulumi CLI.");
        }

        var path = url["file://".Length..];
        var query = path.IndexOf('?', StringComparison.Ordinal);
        path = query < 0 ? path : path[..query];
        if (path == "~" || path.StartsWith("~/", StringComparison.Ordinal))
        {
            path = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) + path[1..];
        }

        return Path.GetFullPath(path.Length == 0 ? "." : path, Project.Directory);
    }
}
