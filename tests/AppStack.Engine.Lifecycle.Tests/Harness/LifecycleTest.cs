using System.Collections.Immutable;
using System.Text;
using AppStack.Engine.Backend;
using AppStack.Engine.Events;
using AppStack.Engine.Imports;
using AppStack.Engine.Model.Registration;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Operations;
using AppStack.Engine.Secrets;
using AppStack.Engine.State;

namespace AppStack.Engine.Lifecycle.Tests.Harness;

/// <summary>
/// A project in a folder of its own, a scripted provider, and operations on one stack. After every run, failed ones too, the state on disk
/// must be consistent and hold none of <see cref="Secrets"/>, nor any longer secret that a provider was given, in clear.
/// </summary>
public abstract class LifecycleTest : IDisposable
{
    private readonly TestProgramHost _host = new();

    protected LifecycleTest()
    {
        Directory = System.IO.Directory.CreateTempSubdirectory("appstack-lifecycle-").FullName;
        File.WriteAllText(Path.Combine(Directory, "Pulumi.yaml"), "name: proj\nruntime: dotnet\n");
    }

    internal FakeWorld World { get; } = new();

    internal FakeWorld OtherWorld { get; } = new() { Package = "other" };

    protected string Directory { get; }

    /// <summary>Strings that must never be found in a file of the backend, or in an event's text.</summary>
    protected List<string> Secrets { get; } = [];

    protected List<EngineEvent> Events { get; } = [];

    protected List<string> Notices { get; } = [];

    protected Dictionary<string, string?> Environment { get; } = new(StringComparer.Ordinal) { ["PULUMI_CONFIG_PASSPHRASE"] = "test" };

    protected OperationOptions Options { get; set; } = new();

    protected string StackName { get; set; } = "dev";

    internal IStateFiles Files { get; set; } = new DiskFiles();

    internal TestProcesses Processes { get; } = new();

    protected TimeProvider Time { get; set; } = TimeProvider.System;

    internal TestProgram Program => _host.Last!;

    protected IEnumerable<string> Errors => Diagnostics(LogSeverity.Error);

    protected IEnumerable<string> Warnings => Diagnostics(LogSeverity.Warning);

    public void Dispose()
    {
        System.IO.Directory.Delete(Directory, recursive: true);
        GC.SuppressFinalize(this);
    }

    protected StackManager Stack() => Workspace().Stack(StackName);

    protected Workspace Workspace() => new(new WorkspaceOptions
    {
        ProjectDirectory = Directory,
        Providers =
        [
            new ProviderRegistration(World.Package, World.Version, () => new FakeProvider(World)),
            new ProviderRegistration(OtherWorld.Package, OtherWorld.Version, () => new FakeProvider(OtherWorld)),
        ],
        Environment = name => Environment.GetValueOrDefault(name),
        Host = _host,
        Notice = Notices.Add,
        Files = Files,
        Processes = Processes,
        Time = Time,
    });

    internal Task<OperationResult> UpAsync(Func<TestProgram, Task> body, CancellationToken cancellationToken = default) =>
        RunAsync(body, stack => stack.UpAsync(NoExitCode, Options, Events.Add, cancellationToken));

    internal Task<OperationResult> PreviewAsync(Func<TestProgram, Task> body) =>
        RunAsync(body, stack => stack.PreviewAsync(NoExitCode, Options, Events.Add, CancellationToken.None));

    protected Task<OperationResult> RefreshAsync(bool preview = false) =>
        RunAsync(_ => Task.CompletedTask, stack => stack.RefreshAsync(Options, preview, Events.Add, CancellationToken.None));

    protected Task<OperationResult> DestroyAsync(bool preview = false) =>
        RunAsync(_ => Task.CompletedTask, stack => stack.DestroyAsync(Options, preview, Events.Add, CancellationToken.None));

    protected Task<OperationResult> ImportAsync(ImportFile file, bool protect = true, bool preview = false) =>
        RunAsync(_ => Task.CompletedTask, stack => stack.ImportAsync(file, protect, Options, preview, Events.Add, CancellationToken.None));

    /// <summary>An <c>up</c> that is expected to succeed.</summary>
    internal async Task<OperationResult> UpOkAsync(Func<TestProgram, Task> body)
    {
        var result = await UpAsync(body);
        Assert.True(result.Succeeded, string.Join('\n', Errors));
        return result;
    }

    /// <summary>An <c>up</c> that is expected to fail, with an error that contains a text.</summary>
    internal async Task<OperationResult> UpFailsAsync(Func<TestProgram, Task> body, string error)
    {
        var result = await UpAsync(body);
        Assert.False(result.Succeeded);
        Assert.Contains(Errors, message => message.Contains(error, StringComparison.Ordinal));
        return result;
    }

    /// <summary>The state on disk; its secrets are still encrypted.</summary>
    protected Snapshot State() => Read(new StateStore(new DiskFiles(), new BackendLayout(Directory, "proj"), StackName));

    protected ResourceState Resource(string name) =>
        Assert.Single(State().Resources, state => state.Name == name && !state.Delete);

    protected bool Has(string name) => State().Resources.Any(state => state.Name == name);

    protected static int Count(OperationResult result, StepKind kind) => result.Changes.GetValueOrDefault(kind);

    /// <summary>The steps of the last run that are more than "same", as <c>kind name</c>, default providers left out.</summary>
    protected IEnumerable<string> Steps() => Events.OfType<EngineEvent.ResourcePre>()
        .Where(happened => happened.Step.Kind != StepKind.Same && happened.Step.Type != "pulumi:pulumi:Stack")
        .Select(happened => $"{happened.Step.Kind.Name()} {Urns.Name(happened.Step.Urn)}");

    protected static PropertyValue Text(string value) => PropertyValue.Of(value);

    protected static PropertyValue Secret(string value) => PropertyValue.Of(value).AsSecret();

    internal static Snapshot Read(StateStore store) =>
        store.Load(SealedCodec.Instance)?.Snapshot ?? Snapshot.Empty;

    private static Task<int> NoExitCode() => Task.FromResult(0);

    private async Task<OperationResult> RunAsync(Func<TestProgram, Task> body, Func<StackManager, Task<OperationResult>> operation)
    {
        _host.Body = body;
        Events.Clear();
        var result = await operation(Stack());
        AssertClean();
        return result;
    }

    /// <summary>What must hold whatever happened.</summary>
    protected void AssertClean()
    {
        var store = new StateStore(new DiskFiles(), new BackendLayout(Directory, "proj"), StackName);
        if (store.Exists)
        {
            Assert.Empty(SnapshotIntegrity.Verify(store.Load(SealedCodec.Instance)?.Snapshot ?? Snapshot.Empty));
        }

        var numbers = Events.Select(happened => happened.Sequence).ToArray();
        Assert.Equal(Enumerable.Range(1, numbers.Length).Select(number => (long)number), numbers);
        Secrets.AddRange(World.Checks.Concat(OtherWorld.Checks).SelectMany(request => SecretTexts(PropertyValue.Of(request.NewInputs), isSecret: false)).Except(Secrets, StringComparer.Ordinal));
        if (Secrets.Count == 0)
        {
            return;
        }

        foreach (var file in System.IO.Directory.EnumerateFiles(Directory, "*", SearchOption.AllDirectories))
        {
            var text = File.ReadAllText(file, Encoding.UTF8);
            Assert.All(Secrets, secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
        }

        foreach (var message in Events.OfType<EngineEvent.Diagnostic>())
        {
            Assert.All(Secrets, secret => Assert.DoesNotContain(secret, message.Message.Message, StringComparison.Ordinal));
        }
    }

    // Short ones would be found by chance.
    private static IEnumerable<string> SecretTexts(PropertyValue value, bool isSecret) => value switch
    {
        PropertyValue.Secret secret => SecretTexts(secret.Element, isSecret: true),
        PropertyValue.Text { Value: { Length: >= 8 } text } when isSecret => [text],
        PropertyValue.List list => list.Items.SelectMany(item => SecretTexts(item, isSecret)),
        PropertyValue.Map map => map.Members.Values.SelectMany(member => SecretTexts(member, isSecret)),
        _ => [],
    };

    protected IEnumerable<string> Diagnostics(LogSeverity severity) =>
        Events.OfType<EngineEvent.Diagnostic>().Where(happened => happened.Message.Severity == severity).Select(happened => happened.Message.Message);
}
