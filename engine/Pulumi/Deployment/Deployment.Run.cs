using System.Collections.Immutable;
using System.Reflection;

namespace Pulumi;

/// <content>Running a program.</content>
public sealed partial class Deployment
{
    // What the embedded engine and the CLI understand as "failed, and the reason was shown"; the same number as in Pulumi.
    private const int FailedAndReported = 32;

    /// <summary>Runs a program that declares resources.</summary>
    /// <param name="action">The program.</param>
    /// <returns>The exit code: 0, 1 when errors were logged, 32 when the program failed.</returns>
    public static Task<int> RunAsync(Action action) => RunInHostAsync(
        () =>
        {
            action();
            return Task.FromResult(NoOutputs());
        },
        options: null);

    /// <summary>Runs a program that declares resources and returns the stack's outputs.</summary>
    /// <param name="func">The program.</param>
    /// <returns>The exit code: 0, 1 when errors were logged, 32 when the program failed.</returns>
    public static Task<int> RunAsync(Func<IDictionary<string, object?>> func) => RunInHostAsync(() => Task.FromResult(func()), options: null);

    /// <summary>Runs an asynchronous program that declares resources.</summary>
    /// <param name="func">The program.</param>
    /// <returns>The exit code: 0, 1 when errors were logged, 32 when the program failed.</returns>
    public static Task<int> RunAsync(Func<Task> func) => RunInHostAsync(
        async () =>
        {
            await func().ConfigureAwait(false);
            return NoOutputs();
        },
        options: null);

    /// <summary>Runs an asynchronous program that declares resources and returns the stack's outputs.</summary>
    /// <param name="func">The program.</param>
    /// <param name="options">Options of the stack.</param>
    /// <returns>The exit code: 0, 1 when errors were logged, 32 when the program failed.</returns>
    public static Task<int> RunAsync(Func<Task<IDictionary<string, object?>>> func, StackOptions? options = null) => RunInHostAsync(func, options);

    /// <summary>Runs a program that is a stack class.</summary>
    /// <typeparam name="TStack">The stack.</typeparam>
    /// <returns>The exit code: 0, 1 when errors were logged, 32 when the program failed.</returns>
    public static async Task<int> RunAsync<TStack>()
        where TStack : Stack, new()
    {
        var deployment = new Deployment(ProgramHost.Require());
        return await deployment.ExecuteAsync(() => RunStack(MakeStack<TStack>)).ConfigureAwait(false);
    }

    /// <summary>Runs a program that is a stack class made by a service provider.</summary>
    /// <typeparam name="TStack">The stack.</typeparam>
    /// <param name="serviceProvider">Makes the stack.</param>
    /// <returns>The exit code: 0, 1 when errors were logged, 32 when the program failed.</returns>
    public static async Task<int> RunAsync<TStack>(IServiceProvider serviceProvider)
        where TStack : Stack
    {
        ArgumentNullException.ThrowIfNull(serviceProvider);
        var deployment = new Deployment(ProgramHost.Require());
        return await deployment.ExecuteAsync(() => RunStack(() => Resolve<TStack>(serviceProvider))).ConfigureAwait(false);
    }

    /// <summary>Runs a program in a flow of its own and waits until nothing is under way; failures are logged, not thrown.</summary>
    internal async Task<int> ExecuteAsync(Func<Task> program)
    {
        if (CurrentInstance.Value is not null)
        {
            throw new InvalidOperationException("Deployment.Instance should only be set once at the beginning of a 'Run' call.");
        }

        // An async method has an execution context of its own: the caller never sees this assignment.
        CurrentInstance.Value = new DeploymentInstance(this);
        var failed = false;
        try
        {
            _tasks.Track(program());
        }
        catch (Exception exception)
        {
            failed = true;
            Report(exception);
        }

        while (await _tasks.NextFailuresAsync().ConfigureAwait(false) is { Count: > 0 } failures)
        {
            failed = true;
            foreach (var failure in failures)
            {
                Report(failure);
            }
        }

        return (failed, _loggedErrors) switch
        {
            (true, _) => FailedAndReported,
            (false, true) => 1,
            _ => 0,
        };
    }

    internal static Task RunStack(Func<Stack> make)
    {
        make().ExportProperties();
        return Task.CompletedTask;
    }

    internal static Stack MakeStack<TStack>()
        where TStack : Stack, new() =>
        (Stack)Activator.CreateInstance(typeof(TStack), BindingFlags.DoNotWrapExceptions, binder: null, args: null, culture: null)!;

    internal static Stack Resolve<TStack>(IServiceProvider services)
        where TStack : Stack =>
        services.GetService(typeof(TStack)) as TStack
        ?? throw new InvalidOperationException(
            $"Failed to resolve instance of type {typeof(TStack)} from service provider. "
            + $"Register the type with the service provider before calling {nameof(RunAsync)}.");

    private static IDictionary<string, object?> NoOutputs() => ImmutableDictionary<string, object?>.Empty;

    private static async Task<int> RunInHostAsync(Func<Task<IDictionary<string, object?>>> program, StackOptions? options)
    {
        var deployment = new Deployment(ProgramHost.Require());
        return await deployment.ExecuteAsync(() => RunProgramAsync(program, options)).ConfigureAwait(false);
    }

    private static async Task RunProgramAsync(Func<Task<IDictionary<string, object?>>> program, StackOptions? options)
    {
        var stack = new Stack(options);
        var outputs = CallAsync();
        stack.Export(outputs);
        await outputs.ConfigureAwait(false);

        // A program that throws before its first await fails its task like any other.
        async Task<IDictionary<string, object?>> CallAsync() =>
            (await program().ConfigureAwait(false)).ToImmutableDictionary(StringComparer.Ordinal);
    }

    private void Report(Exception exception)
    {
        // What fails because the run is being ended was reported by whoever ended it.
        if (_host.CancellationToken.IsCancellationRequested && exception is OperationCanceledException)
        {
            return;
        }

        var (message, resource) = exception switch
        {
            RunException => (exception.Message, null),
            ResourceException { HideStack: true } about => (about.Message, about.Resource),
            ResourceException about => (about.ToString(), about.Resource),
            _ => ($"Running program '{Assembly.GetEntryAssembly()?.GetName().Name}' failed with an unhandled exception:{Environment.NewLine}{exception}", null),
        };
        Log(AppStack.Engine.Model.Registration.LogSeverity.Error, message, resource, streamId: null, ephemeral: null);
    }
}
