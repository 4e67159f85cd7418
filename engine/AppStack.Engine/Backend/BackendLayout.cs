namespace AppStack.Engine.Backend;

/// <summary>Where the file backend keeps what: version 1, scoped by project, as the genuine CLI does.</summary>
/// <param name="Root">The folder that holds <c>.pulumi</c>.</param>
/// <param name="Project">The project's name.</param>
internal sealed record BackendLayout(string Root, string Project)
{
    private string Base => Path.Combine(Root, ".pulumi");

    public string Meta => Path.Combine(Base, "meta.yaml");

    public string LegacyStacks => Path.Combine(Base, "stacks");

    public string Stacks => Path.Combine(Base, "stacks", Project);

    /// <summary>The plain checkpoint, which messages speak of.</summary>
    public string Checkpoint(string stack) => Checkpoint(stack, StateCompression.None);

    public string Checkpoint(string stack, StateCompression compression) => Path.Combine(Stacks, $"{stack}.json{compression.Ending}");

    public string CheckpointBackup(string stack) => CheckpointBackup(stack, StateCompression.None);

    public string CheckpointBackup(string stack, StateCompression compression) => Checkpoint(stack, compression) + ".bak";

    /// <summary>How the checkpoint of a stack is compressed now; <see langword="null"/> when there is none.</summary>
    public StateCompression? CompressionOf(string stack, IStateFiles files) =>
        StateCompression.All.FirstOrDefault(compression => files.Exists(Checkpoint(stack, compression)));

    /// <summary>Every place where the checkpoint of a stack can be, and its backups.</summary>
    public IEnumerable<string> AllCheckpoints(string stack) =>
        StateCompression.All.SelectMany(compression => (IEnumerable<string>)[Checkpoint(stack, compression), CheckpointBackup(stack, compression)]);

    public string Tags(string stack) => Path.Combine(Stacks, $"{stack}.pulumi-tags");

    public string Journal(string stack) => Path.Combine(Stacks, $"{stack}.journal");

    public string History(string stack) => Path.Combine(Base, "history", Project, stack);

    public string Backups(string stack) => Path.Combine(Base, "backups", Project, stack);

    public string Locks(string stack) => Path.Combine(Base, "locks", "organization", Project, stack);

    public string FullName(string stack) => $"organization/{Project}/{stack}";
}
