namespace Pulumi;

/// <summary>Sends messages to the people who watch the run.</summary>
public static class Log
{
    /// <summary>A detail for those who look for the cause of something.</summary>
    /// <param name="message">The text.</param>
    /// <param name="resource">The resource it concerns.</param>
    /// <param name="streamId">Groups pieces of one longer text.</param>
    /// <param name="ephemeral">Whether it is only worth showing while the run goes on.</param>
    public static void Debug(string message, Resource? resource = null, int? streamId = null, bool? ephemeral = null) =>
        Deployment.Internal.Log(AppStack.Engine.Model.Registration.LogSeverity.Debug, message, resource, streamId, ephemeral);

    /// <summary>Something worth knowing.</summary>
    /// <param name="message">The text.</param>
    /// <param name="resource">The resource it concerns.</param>
    /// <param name="streamId">Groups pieces of one longer text.</param>
    /// <param name="ephemeral">Whether it is only worth showing while the run goes on.</param>
    public static void Info(string message, Resource? resource = null, int? streamId = null, bool? ephemeral = null) =>
        Deployment.Internal.Log(AppStack.Engine.Model.Registration.LogSeverity.Info, message, resource, streamId, ephemeral);

    /// <summary>Something is likely wrong.</summary>
    /// <param name="message">The text.</param>
    /// <param name="resource">The resource it concerns.</param>
    /// <param name="streamId">Groups pieces of one longer text.</param>
    /// <param name="ephemeral">Whether it is only worth showing while the run goes on.</param>
    public static void Warn(string message, Resource? resource = null, int? streamId = null, bool? ephemeral = null) =>
        Deployment.Internal.Log(AppStack.Engine.Model.Registration.LogSeverity.Warning, message, resource, streamId, ephemeral);

    /// <summary>Something is wrong: the run goes on, but ends as failed.</summary>
    /// <param name="message">The text.</param>
    /// <param name="resource">The resource it concerns.</param>
    /// <param name="streamId">Groups pieces of one longer text.</param>
    /// <param name="ephemeral">Whether it is only worth showing while the run goes on.</param>
    public static void Error(string message, Resource? resource = null, int? streamId = null, bool? ephemeral = null) =>
        Deployment.Internal.Log(AppStack.Engine.Model.Registration.LogSeverity.Error, message, resource, streamId, ephemeral);

    /// <summary>An exception with its stack, as an error.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="resource">The resource it concerns.</param>
    /// <param name="streamId">Groups pieces of one longer text.</param>
    /// <param name="ephemeral">Whether it is only worth showing while the run goes on.</param>
    public static void Exception(Exception exception, Resource? resource = null, int? streamId = null, bool? ephemeral = null) =>
        Error(exception.ToString(), resource, streamId, ephemeral);
}
