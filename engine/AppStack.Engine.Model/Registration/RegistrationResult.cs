namespace AppStack.Engine.Model.Registration;

/// <summary>How a registration ended.</summary>
public enum RegistrationResult
{
    /// <summary>The step ran, or was planned.</summary>
    Success,

    /// <summary>The step failed and the run goes on (continue-on-error); outputs are unknown to what follows.</summary>
    Failed,

    /// <summary>The step was not attempted, because something it depends on failed or because it is not a target.</summary>
    Skipped,
}
