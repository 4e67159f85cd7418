using AppStack.Cli.Commands;
using AppStack.Engine.Operations;
using AppStack.Stacks.Environments;
using AppStack.Stacks.Environments.Reading;
using AppStack.Stacks.Services;

namespace AppStack.Cli.Hosting;

/// <summary>One stack of the project, opened for one command.</summary>
/// <param name="files">The stack's descriptors; they do not have to exist for commands that only look at the state.</param>
/// <param name="environment">Reads it, once.</param>
/// <param name="workspace">The project and its backend.</param>
/// <param name="manager">The stack.</param>
/// <param name="program">The program.</param>
internal sealed class StackSession(StackFiles files, Lazy<EnvironmentSpec> environment, Workspace workspace, StackManager manager, Func<Task<int>> program)
{
    /// <summary>The environment's descriptor.</summary>
    public EnvironmentFile File { get; } = files.Environment;

    /// <summary>The service's descriptor; <see langword="null"/> for a platform.</summary>
    public ServiceFile? Service { get; } = files.Service;

    /// <summary>The project and its backend.</summary>
    public Workspace Workspace { get; } = workspace;

    /// <summary>The stack.</summary>
    public StackManager Manager { get; } = manager;

    /// <summary>The stack's name.</summary>
    public string Name => files.Name;

    /// <summary>The environment; read and checked at the first use.</summary>
    /// <exception cref="DescriptorException">Something is wrong with the descriptor.</exception>
    public EnvironmentSpec Environment => environment.Value;

    /// <summary>Whether the stack is a lab on this machine; false when there is no descriptor any more.</summary>
    public bool IsLab => File.Exists && Environment.Lab is not null;

    /// <summary>The stack as an operation sees it.</summary>
    /// <param name="release">The release that is put back; <see langword="null"/>: what the files say is deployed.</param>
    public OperationTarget Target(ServiceRelease? release = null) => new()
    {
        Stack = Name,
        Operations = Manager,
        Program = release is null ? RunProgramAsync : () => RunReleaseAsync(release),
        Mask = Manager.Mask,
        AsksNobody = IsLab,
        KnownResources = () => Workspace.ListStacks().FirstOrDefault(found => found.Name == Name)?.ResourceCount ?? 0,
        ToldResources = async () =>
            (await Manager.ReadSnapshotAsync()).Resources.Count(state => !state.Type.StartsWith("pulumi:providers:", StringComparison.Ordinal)),
    };

    /// <summary>Runs the program, which finds its descriptor by the stack's name, in the folder that the environment variable names.</summary>
    private Task<int> RunProgramAsync() => WithVariableAsync(EnvironmentFiles.FolderVariable, File.Folder, program);

    /// <summary>Runs the program so that it deploys a release instead of what the files say.</summary>
    private Task<int> RunReleaseAsync(ServiceRelease release) => WithVariableAsync(ServiceRelease.Variable, release.ToJson(), RunProgramAsync);

    private static async Task<int> WithVariableAsync(string variable, string value, Func<Task<int>> run)
    {
        var before = System.Environment.GetEnvironmentVariable(variable);
        System.Environment.SetEnvironmentVariable(variable, value);
        try
        {
            return await run();
        }
        finally
        {
            System.Environment.SetEnvironmentVariable(variable, before);
        }
    }
}
