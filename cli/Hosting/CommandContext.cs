using System.CommandLine;
using AppStack.Engine.Operations;
using AppStack.Engine.Providers;
using AppStack.Infra;
using AppStack.Ssh;
using AppStack.Stacks.Environments;
using AppStack.Stacks.Environments.Reading;
using AppStack.Stacks.Services;

namespace AppStack.Cli.Hosting;

/// <summary>What every command needs: where it writes, how it is interrupted, and how it gets at a stack.</summary>
internal sealed class CommandContext(Terminal terminal, Interruption interruption) : IAsyncDisposable
{
    /// <summary>Names the project's folder, as Pulumi's flag does.</summary>
    public static readonly Option<string?> Cwd = new("--cwd", "-C") { Description = "Run as if started in this folder.", Recursive = true };

    /// <summary>Names the stack.</summary>
    public static readonly Option<string?> Stack = new("--stack", "-s") { Description = "The stack: an environment's name, or the path of its descriptor.", Recursive = true };

    private SshClient? _ssh;

    /// <summary>The streams.</summary>
    public Terminal Terminal { get; } = terminal;

    /// <summary>Requests to stop.</summary>
    public Interruption Interruption { get; } = interruption;

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The program of a platform's stack: declares what its environment shall have.</summary>
    public Func<Task<int>> Program { get; init; } = PlatformProgram.RunAsync;

    /// <summary>The program of a service's stack.</summary>
    public Func<Task<int>> ServiceProgram { get; init; } = PlatformProgram.RunServiceAsync;

    /// <summary>The project's folder.</summary>
    public static string Root(ParseResult parsed) => ProjectFolder.Find(parsed.GetValue(Cwd));

    /// <summary>The path of a file that a command names.</summary>
    public static string FilePath(ParseResult parsed, string path) => Path.GetFullPath(path, Path.GetFullPath(parsed.GetValue(Cwd) ?? "."));

    /// <summary>The descriptor of the stack that a command names, by flag or position.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="positional">What stands in the stack's position.</param>
    /// <exception cref="CommandException">None is named, or two different ones.</exception>
    public static EnvironmentFile FindEnvironment(ParseResult parsed, string? positional) => EnvironmentFiles.Find(Root(parsed), NameOf(parsed, positional));

    /// <summary>Opens a stack.</summary>
    /// <inheritdoc cref="FindEnvironment" path="/param"/>
    public StackSession Open(ParseResult parsed, string? positional)
    {
        var root = Root(parsed);
        var files = StackFiles.Find(root, NameOf(parsed, positional));
        var file = files.Environment;
        var elsewhere = file.Folder != EnvironmentFiles.Find(root, file.Name).Folder;
        var environment = new Lazy<EnvironmentSpec>(file.Read);
        var options = Options(root) with { StackConfigDirectory = elsewhere ? file.Folder : null };
        var backend = new Workspace(options);
        var isLab = IsLab(environment);
        // A lab makes its own passphrases, so that nobody is asked; everybody else has to know theirs.
        options = options with { PassphraseFileOf = stack => PassphraseFile(backend, stack) is var own && (isLab || File.Exists(own)) ? own : null };
        var workspace = new Workspace(options);
        return new StackSession(files, environment, workspace, workspace.Stack(files.Name), files.Service is null ? Program : ServiceProgram);
    }

    private static string NameOf(ParseResult parsed, string? positional)
    {
        var flag = parsed.GetValue(Stack);
        if (flag is not null && positional is not null && flag != positional)
        {
            throw new CommandException(ExitCodes.BadInput, $"Two stacks are named: '{positional}' and --stack '{flag}'. Name one.");
        }

        return flag ?? positional ?? throw new CommandException(
            ExitCodes.BadInput,
            $"Which stack? Name it after the command or with --stack. There are: {string.Join(", ", EnvironmentFiles.List(Root(parsed)))}.");
    }

    /// <summary>Opens the project without a stack.</summary>
    public Workspace OpenWorkspace(ParseResult parsed) => new(Options(Root(parsed)));

    /// <summary>Encrypts a stack's secrets under a new passphrase; a stack that has a passphrase file gets a new one.</summary>
    public static async Task ChangePassphraseAsync(StackSession session, string passphrase, CancellationToken cancellationToken)
    {
        var file = PassphraseFile(session.Workspace, session.Name);
        var own = File.Exists(file);
        var prepared = file + ".new";
        if (own)
        {
            // Written before it counts: whoever dies in between has both.
            await using var stream = new FileStream(prepared, new FileStreamOptions
            {
                Mode = FileMode.Create,
                Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
            await using var writer = new StreamWriter(stream);
            await writer.WriteLineAsync(passphrase.AsMemory(), cancellationToken);
        }

        await session.Manager.ChangePassphraseAsync(passphrase, cancellationToken);
        if (own)
        {
            File.Move(prepared, file, overwrite: true);
        }
    }

    /// <summary>The passphrase file of a stack that has one goes where the renamed stack looks for it.</summary>
    public static void MovePassphrase(StackSession session, string newName)
    {
        if (PassphraseFile(session.Workspace, session.Name) is var file && File.Exists(file))
        {
            File.Move(file, PassphraseFile(session.Workspace, newName));
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _ssh?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static string PassphraseFile(Workspace workspace, string stack) => Path.Combine(workspace.BackendDirectory, ".pulumi", $"passphrase-{stack}");

    private WorkspaceOptions Options(string root) => new()
    {
        ProjectDirectory = root,
        Providers = [.. BuiltInPackages.Of(_ssh ??= new SshClient(), new BuiltInProviderOptions { WorkingDirectory = root, TimeProvider = Time })],
        Notice = message => Terminal.ErrorLines.Write(new Display.Styled(message, "yellow")),
        Time = Time,
    };

    // A descriptor that is wrong must not keep anybody from looking at the state; who needs the descriptor is told.
    private static bool IsLab(Lazy<EnvironmentSpec> environment)
    {
        try
        {
            return environment.Value.Lab is not null;
        }
        catch (DescriptorException)
        {
            return false;
        }
    }
}
