using System.Collections.Immutable;
using Pulumi.Testing;

namespace Pulumi;

/// <content>Running a program against mocks.</content>
public sealed partial class Deployment
{
    /// <summary>Runs a stack class against mocks.</summary>
    /// <typeparam name="TStack">The stack.</typeparam>
    /// <param name="mocks">The mocks.</param>
    /// <param name="options">What the run looks like to the program.</param>
    /// <returns>All resources, the stack first.</returns>
    /// <exception cref="RunException">The program failed or logged an error.</exception>
    public static Task<ImmutableArray<Resource>> TestAsync<TStack>(IMocks mocks, TestOptions? options = null)
        where TStack : Stack, new() =>
        TestProgramAsync(mocks, options, () => RunStack(MakeStack<TStack>));

    /// <summary>Runs a stack class made by a service provider against mocks.</summary>
    /// <typeparam name="TStack">The stack.</typeparam>
    /// <param name="mocks">The mocks.</param>
    /// <param name="serviceProvider">Makes the stack.</param>
    /// <param name="options">What the run looks like to the program.</param>
    /// <returns>All resources, the stack first.</returns>
    /// <exception cref="RunException">The program failed or logged an error.</exception>
    public static Task<ImmutableArray<Resource>> TestWithServiceProviderAsync<TStack>(
        IMocks mocks,
        IServiceProvider serviceProvider,
        TestOptions? options = null)
        where TStack : Stack =>
        TestProgramAsync(mocks, options, () => RunStack(() => Resolve<TStack>(serviceProvider)));

    /// <summary>Runs a program that declares resources against mocks.</summary>
    /// <param name="testMocks">The mocks.</param>
    /// <param name="testOptions">What the run looks like to the program.</param>
    /// <param name="createResources">The program.</param>
    /// <returns>The resources that the program declared.</returns>
    /// <exception cref="RunException">The program failed or logged an error.</exception>
    public static async Task<ImmutableArray<Resource>> TestAsync(IMocks testMocks, TestOptions testOptions, Action createResources) =>
        (await TestFunctionAsync(
            testMocks,
            testOptions,
            () =>
            {
                createResources();
                return Task.FromResult(NoOutputs());
            }).ConfigureAwait(false)).Resources;

    /// <summary>Runs an asynchronous program that declares resources against mocks.</summary>
    /// <param name="testMocks">The mocks.</param>
    /// <param name="testOptions">What the run looks like to the program.</param>
    /// <param name="createResources">The program.</param>
    /// <returns>The resources that the program declared.</returns>
    /// <exception cref="RunException">The program failed or logged an error.</exception>
    public static async Task<ImmutableArray<Resource>> TestAsync(IMocks testMocks, TestOptions testOptions, Func<Task> createResources) =>
        (await TestFunctionAsync(
            testMocks,
            testOptions,
            async () =>
            {
                await createResources().ConfigureAwait(false);
                return NoOutputs();
            }).ConfigureAwait(false)).Resources;

    /// <summary>Runs a program that declares resources and returns outputs against mocks.</summary>
    /// <param name="testMocks">The mocks.</param>
    /// <param name="testOptions">What the run looks like to the program.</param>
    /// <param name="createResources">The program.</param>
    /// <returns>The resources that the program declared, and what it returned.</returns>
    /// <exception cref="RunException">The program failed or logged an error.</exception>
    public static Task<(ImmutableArray<Resource> Resources, IDictionary<string, object?> Outputs)> TestAsync(
        IMocks testMocks,
        TestOptions testOptions,
        Func<IDictionary<string, object?>> createResources) =>
        TestFunctionAsync(testMocks, testOptions, () => Task.FromResult(createResources()));

    /// <summary>Runs an asynchronous program that declares resources and returns outputs against mocks.</summary>
    /// <param name="testMocks">The mocks.</param>
    /// <param name="testOptions">What the run looks like to the program.</param>
    /// <param name="createResources">The program.</param>
    /// <returns>The resources that the program declared, and what it returned.</returns>
    /// <exception cref="RunException">The program failed or logged an error.</exception>
    public static Task<(ImmutableArray<Resource> Resources, IDictionary<string, object?> Outputs)> TestAsync(
        IMocks testMocks,
        TestOptions testOptions,
        Func<Task<IDictionary<string, object?>>> createResources) =>
        TestFunctionAsync(testMocks, testOptions, createResources);

    private static async Task<(ImmutableArray<Resource> Resources, IDictionary<string, object?> Outputs)> TestFunctionAsync(
        IMocks mocks,
        TestOptions? options,
        Func<Task<IDictionary<string, object?>>> program)
    {
        var outputs = NoOutputs();
        var resources = await TestProgramAsync(mocks, options, RunAsync).ConfigureAwait(false);
        return (resources.RemoveAll(static resource => resource is Stack), outputs);

        async Task RunAsync()
        {
            var stack = new Stack();
            outputs = await program().ConfigureAwait(false);
            stack.ExportProperties();
        }
    }

    private static async Task<ImmutableArray<Resource>> TestProgramAsync(IMocks mocks, TestOptions? options, Func<Task> program)
    {
        var project = options?.ProjectName ?? "project";
        var stack = options?.StackName ?? "stack";
        var monitor = new MockMonitor(mocks, project, stack);
        var host = new ProgramHost
        {
            Monitor = monitor,
            Organization = options?.OrganizationName ?? "organization",
            Project = project,
            Stack = stack,
            RootDirectory = options?.RootDirectory,
            IsDryRun = options?.IsPreview ?? true,
            Config = TestConfiguration.Read(),
            ConfigSecretKeys = TestConfiguration.ReadSecretKeys(),
        };
        var resources = new List<Resource>();
        var deployment = new Deployment(host, resource =>
        {
            lock (resources)
            {
                resources.Add(resource);
            }
        });
        await deployment.ExecuteAsync(program).ConfigureAwait(false);
        return monitor.Errors.Count switch
        {
            0 => [.. resources],
            1 => throw new RunException(monitor.Errors.Single()),
            _ => throw new AggregateException(monitor.Errors.Select(static error => new RunException(error))),
        };
    }
}
