using AppStack.Cli.Commands;
using AppStack.Engine.Operations;
using AppStack.Stacks.Environments;
using AppStack.Stacks.Environments.Reading;

namespace AppStack.Cli.Hosting;

/// <summary>One stack of the project, opened for one command.</summary>
/// <param name="file">The environment's descriptor; it does not have to exist for commands that only look at the state.</param>
/// <param name="environment">Reads it, once.</param>
/// <param name="workspace">The project and its backend.</param>
/// <param name="manager">The stack.</param>
/// <param name="program">The program.</param>
internal sealed class StackSession(EnvironmentFile file, Lazy<EnvironmentSpec> environment, Workspace workspace, StackManager manager, Func<Task<int>> program)
{
    /// <summary>The environment's descriptor.</summary>
    public EnvironmentFile File { get; } = file;

    /// <summary>The project and its backend.</summary>
    public Workspace Workspace { get; } = workspace;

    /// <summary>The stack.</summary>
    public StackManager Manager { get; } = manager;

    /// <summary>The stack's name.</summary>
    public string Name => File.Name;

    /// <summary>The environment; read and checked at the first use.</summary>
    /// <exception cref="DescriptorException">Something is wrong with the descriptor.</exception>
    public EnvironmentSpec Environment => environment.Value;

    /// <summary>Whether the stack is a lab on this machine; false when there is no descriptor any more.</summary>
    public bool IsLab => File.Exists && Environment.Lab is not null;

    /// <summary>The stack as an operation sees it.</summary>
    public OperationTarget Target() => new()
    {
        Stack = Name,
        Operations = Manager,
        Program = RunProgramAsync,
        Mask = Manager.Mask,
        AsksNobody = IsLab,
        KnownResources = () => Workspace.ListStacks().FirstOrDefault(found => found.Name == Name)?.ResourceCount ?? 0,
        ToldResources = async () =>
            (await Manager.ReadSnapshotAsync()).Resources.Count(state => !state.Type.StartsWith("pulumi:providers:", StringComparison.Ordinal)),
    };

    /// <summary>Runs the program, which finds its descriptor by the stack's name, in the folder that the environment variable names.</summary>
    private async Task<int> RunProgramAsync()
    {
        var before = System.Environment.GetEnvironmentVariable(EnvironmentFiles.FolderVariable);
        System.Environment.SetEnvironmentVariable(EnvironmentFiles.FolderVariable, File.Folder);
        try
        {
            return await program();
        }
        finally
        {
            System.Environment.SetEnvironmentVariable(EnvironmentFiles.FolderVariable, before);
        }
    }
}
